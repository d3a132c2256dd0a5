// Run by Node: `version DIR` prints the version of swc, `transpile DIR` makes the script on standard input into what HtmlUnit can run.
// DIR is where @swc/core is looked for first. Whatever is written here is part of the key under which scripts are kept.
const path = require('path');
const [command, home] = process.argv.slice(1).filter((word) => word !== '--');
let found;
try {
  found = require.resolve('@swc/core', { paths: [home, process.cwd(), path.join(process.execPath, '../../lib'),
    ...(process.env.NODE_PATH || '').split(path.delimiter).filter(Boolean)] });
} catch (problem) {
  process.stderr.write('no @swc/core\n');
  process.exit(2);
}
const swc = require(found);
if (command === 'version') {
  process.stdout.write(swc.version);
} else {
  process.stdout.write(parenthesized(swc.transformSync(require('fs').readFileSync(0, 'utf8'), {
    isModule: 'unknown',
    sourceMaps: false,
    configFile: false,
    swcrc: false,
    // What HtmlUnit cannot parse, or does otherwise, and no more: the rest costs it less as it is than in older words.
    env: {
      targets: { chrome: '130' },
      include: ['transform-classes', 'transform-class-properties', 'transform-class-static-block', 'transform-private-methods',
        'transform-private-property-in-object', 'transform-spread', 'transform-async-to-generator',
        'transform-async-generator-functions', 'transform-block-scoping'],
    },
    jsc: {
      parser: { syntax: 'ecmascript' },
      externalHelpers: false,
      assumptions: { ignoreFunctionLength: true, ignoreFunctionName: true, noClassCalls: true, setPublicClassFields: true },
    },
    minify: false,
  }).code));
}

// HtmlUnit wants parentheses around each yield among others.
function parenthesized(code) {
  if (!code.includes('yield')) { return code; }
  const bytes = Buffer.from(';' + code); // so that the first statement begins at its first byte
  const program = swc.parseSync(bytes.toString(), { syntax: 'ecmascript', target: 'es2022', isModule: 'unknown' });
  const start = program.body[0].span.start; // positions go on from one parse to the next
  const marks = [];
  (function walk(node) {
    if (node === null || typeof node !== 'object') { return; }
    if (node.type === 'YieldExpression') { marks.push([node.span.start - start, '('], [node.span.end - start, ')']); }
    Object.values(node).forEach(walk);
  })(program);
  let done = 0;
  const parts = marks.sort((one, other) => one[0] - other[0]).flatMap(([at, mark]) => {
    const part = bytes.subarray(done, at);
    done = at;
    return [part, Buffer.from(mark)];
  });
  return Buffer.concat([...parts, bytes.subarray(done)]).toString();
}
