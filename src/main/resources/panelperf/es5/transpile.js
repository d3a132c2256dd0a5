// Run by Node: `version DIR` prints the version of swc, `transpile DIR` makes the script on standard input into ES5.
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
  const made = swc.transformSync(require('fs').readFileSync(0, 'utf8'), {
    isModule: 'unknown',
    sourceMaps: false,
    configFile: false,
    swcrc: false,
    jsc: {
      parser: { syntax: 'ecmascript' },
      target: 'es5',
      externalHelpers: false,
      assumptions: { ignoreFunctionLength: true, ignoreFunctionName: true, setPublicClassFields: true },
    },
    minify: false,
  });
  process.stdout.write(made.code);
}
