using System;
using System.IO;
using System.IO.Pipes;
using MailAppliance.Hal.Desktop;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Microsoft.Win32.SafeHandles;

namespace MailAppliance.Tests
{
    [TestClass]
    public sealed class FileSyncTests
    {
        // A pipe is what fsync refuses on any Unix, without a disk that breaks. .NET's own call passes over it, as over EIO.
        [TestMethod]
        public void ToDisk_SystemRefuses_Throws()
        {
            if (OperatingSystem.IsWindows())
            {
                return;
            }

            using var pipe = new AnonymousPipeServerStream();
            using var handle = new SafeFileHandle(pipe.SafePipeHandle.DangerousGetHandle(), ownsHandle: false);
            Assert.ThrowsExactly<IOException>(() => FileSync.ToDisk(handle));
        }

        [TestMethod]
        public void ToDisk_File_IsDoneWithoutAllocation()
        {
            string path = Path.GetTempFileName();
            using (SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite))
            {
                RandomAccess.Write(handle, new byte[512], 0);
                Assert.AreEqual(0, Allocation.Least(() => FileSync.ToDisk(handle)));
            }

            File.Delete(path);
        }
    }
}
