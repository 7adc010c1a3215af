#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using MailAppliance.Smtp;

namespace MailAppliance.Tests
{
    /// <summary>Dates against known ones.</summary>
    [TestClass]
    public class SmtpInternetDateTests
    {
        [TestMethod]
        public void Write_KnownSeconds_GiveKnownDates()
        {
            Assert.AreEqual("Thu, 01 Jan 1970 00:00:00 +0000", Written(0)); // [36]
            Assert.AreEqual("Fri, 13 Feb 2009 23:31:30 +0000", Written(1234567890));
            Assert.AreEqual("Tue, 29 Feb 2000 23:59:59 +0000", Written(951868799));
            Assert.AreEqual("Wed, 01 Mar 2000 00:00:00 +0000", Written(951868800));
            Assert.AreEqual("Fri, 31 Dec 2027 12:00:00 +0000", Written(1830254400));
            Assert.AreEqual("Tue, 19 Jan 2038 03:14:08 +0000", Written(2147483648L));
            Assert.AreEqual("Mon, 01 Mar 2100 00:00:00 +0000", Written(4107542400L));
            Assert.AreEqual("Sat, 21 Nov 2026 01:28:00 +0000", Written(1795224480));
        }

        [TestMethod]
        public void Write_SecondsOutOfRange_AreBounded()
        {
            Assert.AreEqual("Thu, 01 Jan 1970 00:00:00 +0000", Written(-1));
            Assert.AreEqual("Fri, 31 Dec 9999 23:59:59 +0000", Written(long.MaxValue));
        }

        private static string Written(long seconds)
        {
            byte[] buffer = new byte[InternetDate.OctetCount + 2];
            InternetDate.Write(seconds, buffer, 1);
            Assert.AreEqual((byte)0, buffer[0]);
            Assert.AreEqual((byte)0, buffer[InternetDate.OctetCount + 1]);
            return SmtpHarness.Text(buffer, 1, InternetDate.OctetCount);
        }
    }
}
