package panelperf.benchmark;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The memory of another JVM on this machine. */
final class RemoteHeap {
    private RemoteHeap() {}

    /**
     * What lives after a full collection.
     *
     * @param heapBytes of objects
     * @param nativeBytes of pooled and direct buffers, outside of the heap
     */
    record Live(long heapBytes, long nativeBytes) {}

    @SuppressWarnings("BanJNDI") // The address is that of a process which this one has started.
    static Live after(long pid) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try (JMXConnector connector =
                    JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()))) {
                MBeanServerConnection beans = connector.getMBeanServerConnection();
                MemoryMXBean memory = ManagementFactory.newPlatformMXBeanProxy(
                        beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
                memory.gc();
                memory.gc();
                MemoryUsage heap = memory.getHeapMemoryUsage();
                long direct =
                        ManagementFactory.getPlatformMXBeans(beans, java.lang.management.BufferPoolMXBean.class)
                                .stream()
                                .mapToLong(java.lang.management.BufferPoolMXBean::getMemoryUsed)
                                .sum();
                return new Live(heap.getUsed(), direct);
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException("expected a JVM that can be looked into, found none under pid " + pid, e);
        }
    }
}
