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

        // What was written and not synced stays: only what counts as written is let go of.
        [TestMethod]
        public void ForgetCached_WrittenAndNotSynced_IsStillRead()
        {
            string path = Path.GetTempFileName();
            using (SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite))
            {
                byte[] octets = [1, 2, 3, 4];
                RandomAccess.Write(handle, octets, 0);
                FileSync.ForgetCached(handle);
                byte[] read = new byte[4];
                Assert.AreEqual(4, RandomAccess.Read(handle, read, 0));
                CollectionAssert.AreEqual(octets, read);
            }

            File.Delete(path);
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
