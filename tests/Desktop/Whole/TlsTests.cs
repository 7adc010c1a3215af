using System;
using System.Linq;
using MailAppliance.Hal.Desktop.Simulated;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Whole
{
    /// <summary>TLS and the loop: slots, silence, doors. What is within is in RAM and in plain.</summary>
    [TestClass]
    public class TlsTests
    {
        private const string Keys = "tls = yes\nsmtps-port = 465\npop3s-port = 995\nwaiting = 16";

        private static ApplianceRig Start(string keys = Keys, string sections = "")
        {
            string text = ApplianceRig.Configuration.Replace("profile = small", "profile = small\n" + keys, StringComparison.Ordinal);
            return new ApplianceRig(text + sections).Start();
        }

        private static MemoryClient Secure(ApplianceRig rig, bool isSmtp)
        {
            MemoryClient client = rig.Tls(isSmtp);
            rig.Run();
            Assert.AreEqual(0, client.Available, "something was said before TLS");
            client.StartTls();
            rig.Run();
            return client;
        }

        [TestMethod]
        public void Mail_SentAndFetchedWithinTls_IsTheSame()
        {
            ApplianceRig rig = Start();
            MemoryClient sender = Secure(rig, isSmtp: true);
            Assert.StartsWith("220 ", sender.TakeText()); // [98]
            string reply = rig.Say(sender, "EHLO ups\r\nMAIL FROM:<ups@lan>\r\nRCPT TO:<bob@lan>\r\nDATA\r\nSubject: x\r\n\r\nwithin\r\n.\r\nQUIT\r\n");
            Assert.EndsWith("250 2.0.0 OK stored\r\n221 2.0.0 mail.lan closing connection\r\n", reply);
            MemoryClient reader = Secure(rig, isSmtp: false);
            Assert.StartsWith("+OK", reader.TakeText()); // [98]
            Assert.EndsWith("Subject: x\r\n\r\nwithin\r\n.\r\n", rig.Say(reader, "USER bob\r\nPASS secret-bob\r\nRETR 1\r\n"));
        }

        [TestMethod]
        public void Handshake_NeverBegun_GivesTheSlotBackAfterTheIdleTimeout()
        {
            ApplianceRig rig = Start();
            MemoryClient[] silent = [rig.Smtp(), rig.Tls(true), rig.Tls(true)];
            rig.Run();
            Assert.EndsWith("220 2.0.0 Ready to start TLS\r\n", rig.Say(silent[0], "STARTTLS\r\n"));
            Assert.AreEqual(3, rig.Appliance.SmtpGate.TakenCount);
            MemoryClient next = rig.Smtp();
            rig.Advance(299_000);
            Assert.AreEqual(3, rig.Appliance.SmtpGate.TakenCount);
            rig.Advance(12_000);
            Assert.IsTrue(silent.All(client => client.IsClosed));
            Assert.AreEqual(0, rig.Appliance.SmtpGate.TakenCount);

            // Twenty seconds were all that he would wait.
            Assert.StartsWith("421 ", next.TakeText());
            Assert.StartsWith("250 2.0.0", rig.SendMail("Subject: x\r\n\r\nx"));
        }

        [TestMethod]
        public void Handshake_Stls_NeverBegun_GivesTheSlotBackToo()
        {
            ApplianceRig rig = Start();
            MemoryClient silent = rig.Pop3();
            rig.Run();
            Assert.EndsWith("+OK begin TLS\r\n", rig.Say(silent, "STLS\r\n"));
            rig.Advance(611_000);
            Assert.IsTrue(silent.IsClosed);
            Assert.AreEqual(0, rig.Appliance.Pop3Gate.TakenCount);
        }

        [TestMethod]
        public void Handshake_GarbageOrReset_GivesTheSlotBackAtOnce()
        {
            ApplianceRig rig = Start();
            foreach (bool isTls in new[] { true, false })
            {
                MemoryClient client = isTls ? rig.Tls(true) : rig.Smtp();
                rig.Run();
                rig.Say(client, "STARTTLS\r\n");
                rig.Say(client, "MAIL FROM:<evil@lan>\r\n");
                Assert.IsTrue(client.IsReset || client.IsClosed);
                Assert.AreEqual(0, rig.Appliance.SmtpGate.TakenCount);
            }

            MemoryClient gone = rig.Tls(true);
            rig.Run();
            gone.Reset();
            rig.Run();
            Assert.AreEqual(0, rig.Appliance.SmtpGate.TakenCount);
            MemoryClient left = rig.Tls(true);
            rig.Run();
            left.EndSend();
            rig.Advance(11_000);
            Assert.AreEqual(0, rig.Appliance.SmtpGate.TakenCount);
        }

        [TestMethod]
        public void StartTls_220NotReadYet_BeginsOnlyBehindIt()
        {
            ApplianceRig rig = Start();
            MemoryClient client = rig.Smtp();
            rig.Run();
            client.TakeText();
            client.WindowOctets = 4;
            client.Send("STARTTLS\r\n");
            string text = string.Empty;
            for (int turns = 0; turns < 20; turns++)
            {
                rig.Run();
                text += client.TakeText();
            }

            Assert.AreEqual("220 2.0.0 Ready to start TLS\r\n", text);
            client.StartTls();
            Assert.AreEqual("250 ", rig.Say(client, "NOOP\r\n"));
        }

        [TestMethod]
        public void EverySlotTaken_AtTheTlsPort_WaitsThenIsClosedWithoutAWordInPlain()
        {
            ApplianceRig rig = Start();
            MemoryClient[] taken = [rig.Smtp(), rig.Smtp(), rig.Smtp()];
            rig.Run();
            MemoryClient lucky = rig.Tls(true);
            MemoryClient late = rig.Tls(true);
            rig.Run();
            Assert.AreEqual(2, rig.Appliance.SmtpGate.WaitingCount);
            rig.Say(taken[0], "QUIT\r\n");
            lucky.StartTls();
            rig.Run();
            Assert.StartsWith("220 ", lucky.TakeText());
            rig.Advance(21_000);
            Assert.IsTrue(late.IsEndOfInput);
            Assert.AreEqual(0, late.Available);
            Assert.AreEqual(1, rig.Appliance.SmtpGate.TurnedAwayCount);
        }

        [TestMethod]
        public void AddressRefused_AtTheTlsPort_TakesNoSlotAndReadsNothing()
        {
            ApplianceRig rig = Start(sections: "\n[access]\n10.0.0.0/8 send fetch\n");
            MemoryClient stranger = rig.Tls(true);
            rig.Run();
            Assert.IsTrue(stranger.IsEndOfInput);
            Assert.AreEqual(0, stranger.Available);
            Assert.AreEqual(1, rig.Appliance.SmtpGate.RefusedCount);
            Assert.AreEqual(0, rig.Appliance.SmtpGate.TakenCount);
        }

        [TestMethod]
        public void BothPorts_MoreNewcomersThanATurnTakes_NeitherStarvesTheOther()
        {
            ApplianceRig rig = Start(Keys + "\nsmtp-slots = 8\nmemory-max = none");
            for (int count = 0; count < 12; count++)
            {
                rig.Smtp();
                rig.Tls(true);
            }

            rig.Appliance.Poll();
            Assert.AreEqual(4, rig.Appliance.SmtpGate.AdmittedCount);
            Assert.AreEqual(2, rig.Appliance.SmtpSlots.Count(slot => !slot.IsFree && slot.Session.Envelope.IsSecure));
        }

        [TestMethod]
        public void Stop_WithinTls_TellsEverybody()
        {
            ApplianceRig rig = Start();
            MemoryClient within = Secure(rig, isSmtp: true);
            MemoryClient begun = rig.Smtp();
            rig.Run();
            within.TakeText();
            rig.Say(begun, "STARTTLS\r\n");
            begun.TakeText();
            rig.Appliance.Stop();
            Assert.StartsWith("421 4.3.2", within.TakeText());

            // Whoever is in a handshake reads nothing but TLS.
            Assert.AreEqual(0, begun.Available);
            Assert.ThrowsExactly<InvalidOperationException>(() => rig.Tls(true));
        }

        [TestMethod]
        [DataRow("tls = yes")]
        [DataRow("smtps-port = 465")]
        [DataRow("pop3s-port = 995")]
        public void PlatformWithoutTls_ConfigurationThatAsksForIt_IsRefusedInWords(string keys)
        {
            string text = ApplianceRig.Configuration.Replace("profile = small", "profile = small\n" + keys, StringComparison.Ordinal);
            ApplianceRig rig = new(text);
            var network = new MemoryNetwork { HasTls = false };
            var appliance = new Appliance(
                rig.Settings, network, rig.Slot, rig.Clock, new SeededEntropy(1), new Hal.Desktop.Crc32(), new Hal.Desktop.DesktopKeyedHash(), rig.Log);
            Assert.AreEqual(ApplianceStatus.PortFailed, appliance.Start(null!));
            Assert.AreEqual("TLS: there is none here; take tls, smtps-port and pop3s-port out of the configuration", appliance.LastError);
            Assert.IsFalse(network.CanConnect(25));
        }
    }
}
