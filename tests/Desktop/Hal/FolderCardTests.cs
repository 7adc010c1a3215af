using System;
using System.IO;
using System.Threading;
using MailAppliance.Hal;
using MailAppliance.Hal.Desktop;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests
{
    [TestClass]
    public sealed class FolderCardTests
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("mail-appliance-card-").FullName;

        [TestCleanup]
        public void Cleanup()
        {
            Directory.Delete(_folder, true);
        }

        private string PathOf(bool card)
        {
            return Path.Combine(_folder, card ? FolderCard.FileName : "AWAY.RNG");
        }

        private static byte[] Pattern(int blocks, int seed)
        {
            byte[] octets = new byte[blocks * 512];
            new Random(seed).NextBytes(octets);
            return octets;
        }

        [TestMethod]
        public void Created_WrittenAndReopened_HoldsTheBlocks()
        {
            using var card = new FolderCard(_folder);
            Assert.AreEqual(CardStatus.NoFile, card.Open());
            Assert.AreEqual(0, card.BlockCount);
            Assert.AreEqual(CardStatus.Ready, card.Create(3000));
            Assert.IsNull(card.LastError);
            Assert.AreEqual(3000, card.BlockCount);
            Assert.AreEqual(3000 * 512, new FileInfo(Path.Combine(_folder, FolderCard.FileName)).Length);

            byte[] octets = Pattern(5, 1);
            Assert.IsTrue(card.Write(2998, octets, 512, 2));
            Assert.IsTrue(card.Write(0, octets, 0, 1));
            Assert.IsTrue(card.Sync());
            card.Close();
            card.Close();
            Assert.AreEqual(CardStatus.Ready, card.Open());
            byte[] read = new byte[5 * 512];
            Assert.IsTrue(card.Read(2998, read, 1024, 2));
            Assert.IsTrue(octets.AsSpan(512, 1024).SequenceEqual(read.AsSpan(1024, 1024)));
            Assert.IsTrue(card.Read(0, read, 0, 1));
            Assert.IsTrue(octets.AsSpan(0, 512).SequenceEqual(read.AsSpan(0, 512)));
        }

        [TestMethod]
        public void Closed_EveryCall_Fails()
        {
            using var card = new FolderCard(_folder);
            byte[] octets = new byte[512];
            Assert.IsFalse(card.Read(0, octets, 0, 1));
            Assert.IsFalse(card.Write(0, octets, 0, 1));
            Assert.IsFalse(card.Sync());
        }

        [TestMethod]
        public void BegunSync_OfMuch_EndsLaterAndSaysSo()
        {
            using var ended = new SemaphoreSlim(0);
            using var card = new FolderCard(_folder, syncEnded: () => ended.Release());
            Assert.AreEqual(CardStatus.Ready, card.Create(4096));
            byte[] octets = Pattern(1024, 3);
            for (int round = 0; round < 3; round++)
            {
                Assert.IsTrue(card.Write(round * 1024, octets, 0, 1024));
                Assert.AreEqual(SyncState.Busy, card.BeginSync());
                Assert.IsTrue(card.Write(3072, octets, 0, 1));
                Assert.IsTrue(card.Read(round * 1024, octets, 0, 1024));
                Assert.IsTrue(ended.Wait(TimeSpan.FromMinutes(3)));
                Assert.AreEqual(SyncState.Done, card.PollSync());
            }

            // Whoever can't wait for a begun one to end by itself waits for it.
            Assert.IsTrue(card.Write(0, octets, 0, 1024));
            Assert.AreEqual(SyncState.Busy, card.BeginSync());
            Assert.IsTrue(card.Sync());
            Assert.IsTrue(card.Write(0, octets, 0, 1024));
            Assert.AreEqual(SyncState.Busy, card.BeginSync());
            card.Close();
            Assert.AreEqual(SyncState.Failed, card.BeginSync());
        }

        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public void BegunSync_OfLittleOrWithNobodyToTell_IsDoneAtOnce(bool isTold)
        {
            int told = 0;
            using var card = new FolderCard(_folder, syncEnded: isTold ? () => told++ : null);
            Assert.AreEqual(CardStatus.Ready, card.Create(4096));
            byte[] octets = Pattern(isTold ? 3 : 2048, 4);
            Assert.IsTrue(card.Write(0, octets, 0, octets.Length / 512));
            Assert.AreEqual(SyncState.Done, card.BeginSync());
            Assert.AreEqual(0, told);
        }

        [TestMethod]
        public void OutsideTheFile_ReadAndWrite_FailAndChangeNothing()
        {
            using var card = new FolderCard(_folder);
            Assert.AreEqual(CardStatus.Ready, card.Create(10));
            byte[] octets = new byte[1024];
            Assert.IsFalse(card.Read(9, octets, 0, 2));
            Assert.IsFalse(card.Write(9, octets, 0, 2));
            Assert.IsFalse(card.Write(-1, octets, 0, 1));
            Assert.IsTrue(card.Write(9, octets, 0, 1));
            card.Close();
            Assert.AreEqual(5120, new FileInfo(Path.Combine(_folder, FolderCard.FileName)).Length);
        }

        [TestMethod]
        public void InUse_SecondCard_SaysSo()
        {
            using var card = new FolderCard(_folder);
            using var second = new FolderCard(_folder);
            Assert.AreEqual(CardStatus.Ready, card.Create(10));
            Assert.AreEqual(CardStatus.InUse, second.Open());
            StringAssert.EndsWith(second.LastError, "is in use by another program", StringComparison.Ordinal);
            card.Close();
            Assert.AreEqual(CardStatus.Ready, second.Open());
            Assert.AreEqual(CardStatus.InUse, card.Open());
        }

        [TestMethod]
        public void FileExists_Create_FailsAndLeavesIt()
        {
            string path = Path.Combine(_folder, FolderCard.FileName);
            File.WriteAllText(path, "mine");
            using var card = new FolderCard(_folder);
            Assert.AreEqual(CardStatus.Unusable, card.Create(10));
            Assert.AreEqual(path + " exists already", card.LastError);
            Assert.AreEqual("mine", File.ReadAllText(path));
        }

        [TestMethod]
        public void NoFolder_OpenAndCreate_SaySo()
        {
            string missing = Path.Combine(_folder, "nowhere");
            using var card = new FolderCard(missing);
            Assert.AreEqual(CardStatus.Unusable, card.Open());
            Assert.AreEqual($"the folder {missing} does not exist", card.LastError);
            Assert.AreEqual(CardStatus.Unusable, card.Create(10));
            Assert.AreEqual($"the folder {missing} does not exist", card.LastError);
        }

        [TestMethod]
        public void NoFolder_CardThatMakesIt_IsMadeForThisUserOnly()
        {
            string folder = Path.Combine(_folder, "new", "card");
            using var card = new FolderCard(folder, makesFolder: true);
            Assert.AreEqual(CardStatus.NoFile, card.Open());
            Assert.IsFalse(Directory.Exists(folder));
            Assert.AreEqual(CardStatus.Ready, card.Create(10));
            if (!OperatingSystem.IsWindows())
            {
                const UnixFileMode user = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                Assert.AreEqual(user, File.GetUnixFileMode(Path.Combine(folder, FolderCard.FileName)));
                Assert.AreEqual(user | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
            }

            string file = Path.Combine(_folder, "file");
            File.WriteAllText(file, "mine");
            using var other = new FolderCard(file, makesFolder: true);
            Assert.AreEqual(CardStatus.Unusable, other.Create(10));
            Assert.AreEqual($"the folder {file} can't be made: there is a file of that name", other.LastError);
        }

        [TestMethod]
        public void FolderInPlaceOfTheFile_Open_SaysSo()
        {
            string path = Path.Combine(_folder, FolderCard.FileName);
            Directory.CreateDirectory(path);
            using var card = new FolderCard(_folder);
            Assert.AreEqual(CardStatus.Unusable, card.Open());
            Assert.AreEqual(path + " is a folder, not a file", card.LastError);
        }

        [TestMethod]
        public void NoRoom_Create_SaysSoAndLeavesNothing()
        {
            var drive = new DriveInfo(_folder);
            long blocks = (drive.AvailableFreeSpace / 512) + (1 << 20);
            if (blocks > int.MaxValue)
            {
                Assert.Inconclusive("the disk holds more than a terabyte");
            }

            using var card = new FolderCard(_folder);
            Assert.AreEqual(CardStatus.Unusable, card.Create((int)blocks));
            StringAssert.StartsWith(card.LastError, "there is not enough room for ", StringComparison.Ordinal);
            Assert.IsEmpty(Directory.GetFileSystemEntries(_folder));
        }

        [TestMethod]
        public void NotWritable_Create_SaysSo()
        {
            // Even root makes no files there.
            if (!OperatingSystem.IsLinux())
            {
                Assert.Inconclusive("needs /proc");
            }

            using var card = new FolderCard("/proc");
            Assert.AreEqual(CardStatus.Unusable, card.Create(10));
            StringAssert.Contains(card.LastError, "/proc", StringComparison.Ordinal);
        }

        [TestMethod]
        public void FileMovedAwayOrReplaced_IsNotThere()
        {
            using var card = new FolderCard(_folder);
            Assert.IsFalse(card.IsThere);
            Assert.AreEqual(CardStatus.Ready, card.Create(16));
            Assert.IsTrue(card.IsThere);
            if (OperatingSystem.IsWindows())
            {
                // An open file stays where it is.
                Assert.ThrowsExactly<IOException>(() => File.Move(PathOf(card: true), PathOf(card: false)));
                return;
            }

            File.Move(PathOf(card: true), PathOf(card: false));
            Assert.IsFalse(card.IsThere);
            File.WriteAllBytes(PathOf(card: true), new byte[16 * 512]);
            Assert.AreEqual(!OperatingSystem.IsLinux(), card.IsThere);
            File.Move(PathOf(card: false), PathOf(card: true), true);
            Assert.IsTrue(card.IsThere);
            Assert.AreEqual(0, Allocation.Least(() => _ = card.IsThere));
        }

        [TestMethod]
        public void OfFile_AnyName_IsTheCard()
        {
            string path = Path.Combine(_folder, "copy.bin");
            using (FolderCard card = FolderCard.OfFile(path))
            {
                Assert.AreEqual(CardStatus.NoFile, card.Open());
                Assert.AreEqual(CardStatus.Ready, card.Create(10));
                Assert.IsTrue(card.Write(9, Pattern(1, 1), 0, 1));
            }

            Assert.AreEqual(10 * 512, new FileInfo(path).Length);
        }

        [TestMethod]
        public void OfFileToRead_SeveralRead_NobodyWrites()
        {
            string path = Path.Combine(_folder, "copy.bin");
            File.WriteAllBytes(path, Pattern(10, 1));
            using FolderCard card = FolderCard.OfFileToRead(path);
            using FolderCard second = FolderCard.OfFileToRead(path);
            using FolderCard writer = FolderCard.OfFile(path);
            Assert.AreEqual(CardStatus.Ready, card.Open());
            Assert.AreEqual(CardStatus.Ready, second.Open());
            Assert.AreEqual(CardStatus.InUse, writer.Open());
            byte[] octets = new byte[512];
            Assert.IsTrue(card.Read(3, octets, 0, 1));
            Assert.IsFalse(card.Write(3, new byte[512], 0, 1));
            card.Close();
            second.Close();
            Assert.AreEqual(CardStatus.Ready, writer.Open());
            Assert.AreEqual(CardStatus.InUse, card.Open());
            writer.Close();
            CollectionAssert.AreEqual(Pattern(10, 1), File.ReadAllBytes(path));
        }

        [TestMethod]
        public void ReadOnlyCard_ReadsAndRefusesTheRest()
        {
            using var inner = new FolderCard(_folder);
            var card = new ReadOnlyCard(inner);
            Assert.AreEqual(CardStatus.NoFile, card.Open());
            Assert.AreEqual(CardStatus.Unusable, card.Create(10));
            Assert.AreEqual("the card is opened to be read only", card.LastError);
            Assert.IsEmpty(Directory.GetFileSystemEntries(_folder));
            Assert.AreEqual(CardStatus.Ready, inner.Create(10));
            Assert.AreEqual(CardStatus.Ready, card.Open());
            Assert.AreEqual(10, card.BlockCount);
            byte[] octets = Pattern(1, 2);
            Assert.IsTrue(inner.Write(3, octets, 0, 1));
            Assert.IsFalse(card.Write(3, new byte[512], 0, 1));
            Assert.IsFalse(card.Sync());
            byte[] read = new byte[512];
            Assert.IsTrue(card.Read(3, read, 0, 1));
            CollectionAssert.AreEqual(octets, read);
            card.Close();
            Assert.AreEqual(0, inner.BlockCount);
        }

        [TestMethod]
        public void Open_ReadWriteAndSync_AllocateNothing()
        {
            using var card = new FolderCard(_folder);
            Assert.AreEqual(CardStatus.Ready, card.Create(100));
            byte[] octets = new byte[4096];
            Assert.AreEqual(0, Allocation.Least(() =>
            {
                card.Write(10, octets, 0, 8);
                card.Sync();
                card.Read(10, octets, 0, 8);
            }));
        }
    }
}
