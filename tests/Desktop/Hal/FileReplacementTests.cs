using System;
using System.IO;
using MailAppliance.Hal.Desktop;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests
{
    [TestClass]
    public sealed class FileReplacementTests
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("mail-appliance-replacement-").FullName;

        private string Old => Path.Combine(_folder, "ring");

        [TestCleanup]
        public void Cleanup()
        {
            Directory.Delete(_folder, true);
        }

        private void Expect(string content, int files = 1)
        {
            Assert.AreEqual(content, File.ReadAllText(Old));
            Assert.HasCount(files, Directory.GetFileSystemEntries(_folder));
        }

        [TestMethod]
        public void Commit_NewFile_TakesPlaceAndRights()
        {
            File.WriteAllText(Old, "old");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(Old, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
            }

            using var replacement = new FileReplacement(Old);
            File.WriteAllText(replacement.NewPath, "new");
            Expect("old", files: 2);
            replacement.Commit();
            Expect("new");
            if (!OperatingSystem.IsWindows())
            {
                Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(Old));
            }

            replacement.Dispose();
            Expect("new");
        }

        [TestMethod]
        public void Commit_NoOldFile_IsThere()
        {
            using var replacement = new FileReplacement(Old);
            File.WriteAllText(replacement.NewPath, "new");
            replacement.Commit();
            Expect("new");
        }

        [TestMethod]
        public void Disposed_WithoutCommit_LeavesTheOldFile()
        {
            File.WriteAllText(Old, "old");
            using (var replacement = new FileReplacement(Old))
            {
                File.WriteAllText(replacement.NewPath, "half");
            }

            Expect("old");
        }

        [TestMethod]
        public void Commit_NothingWasMade_FailsAndLeavesTheOldFile()
        {
            File.WriteAllText(Old, "old");
            using (var replacement = new FileReplacement(Old))
            {
                Assert.ThrowsExactly<FileNotFoundException>(replacement.Commit);
            }

            Expect("old");
        }

        [TestMethod]
        public void LeftOver_OfAKilledProcess_IsRemovedUnlessItIsInUse()
        {
            File.WriteAllText(Old, "old");
            string half = Old + FileReplacement.Suffix;
            File.WriteAllText(half, "half");
            using (File.Open(half, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            {
                Assert.ThrowsExactly<IOException>(() => new FileReplacement(Old).Dispose());
                Expect("old", files: 2);
            }

            using var replacement = new FileReplacement(Old);
            Expect("old");
        }

        [TestMethod]
        public void Link_WhatItLeadsTo_IsReplaced()
        {
            if (OperatingSystem.IsWindows())
            {
                Assert.Inconclusive("links need a right there");
            }

            File.WriteAllText(Old, "old");
            string link = Path.Combine(_folder, "link");
            File.CreateSymbolicLink(link, Old);
            using var replacement = new FileReplacement(link);
            File.WriteAllText(replacement.NewPath, "new");
            replacement.Commit();
            Expect("new", files: 2);
            Assert.AreEqual(Old, File.ResolveLinkTarget(link, true)!.FullName);
        }
    }
}
