using MailAppliance.Tools.Torture.Model;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Torture
{
    /// <summary>What the torture's model may conclude, and what not.</summary>
    [TestClass]
    public sealed class MailLedgerTests
    {
        // Found by seed 2028253 with two cuts: the listing was sent before the card went, and read behind its recovery.
        [TestMethod]
        public void Removal_ListingIsOlderThanTheRecovery_IsNotSettledByIt()
        {
            var ledger = new MailLedger();
            SentMail mail = Mail(ledger);
            ledger.BeginRemoval(0, 10).Mails.Add(mail);
            ledger.CardGoes(20);
            ledger.Check(0, [mail], 12, 25, false, false);
            ledger.Check(0, [], 26, 27, false, false);
            Assert.AreEqual(0, mail.Live);
        }

        [TestMethod]
        public void Removal_ListingShowsTheMail_WasNotCarriedOut()
        {
            var ledger = new MailLedger();
            SentMail mail = Mail(ledger);
            ledger.BeginRemoval(0, 10).Mails.Add(mail);
            ledger.CardGoes(11);
            ledger.Check(0, [mail], 12, 25, false, false);
            var broken = Assert.ThrowsExactly<BrokenPromiseException>(() => ledger.Check(0, [], 26, 27, false, false));
            Assert.AreEqual(Promise.AnsweredIsThere, broken.Promise);
        }

        // Found by seed 817470: a session that began before the mail came was told of its maildrop while another's QUIT was under way.
        [TestMethod]
        public void Removal_ListingIsOlderThanTheMail_IsNotSettledByIt()
        {
            var ledger = new MailLedger();
            SentMail mail = Mail(ledger);
            PendingRemoval removal = ledger.BeginRemoval(0, 10);
            removal.Mails.Add(mail);
            ledger.Check(0, [], 3, 12, false, false);
            ledger.Answered(removal, false, 14);
            ledger.Check(0, [mail], 20, 21, false, false);
            Assert.AreNotEqual(0, mail.Live);
        }

        private static SentMail Mail(MailLedger ledger)
        {
            SentMail mail = ledger.Begin(1);
            mail.State = MailState.Unanswered;
            MailLedger.Answered(mail, 250, 5);
            ledger.TakeUniqueId(mail, 0x100000001);
            return mail;
        }
    }
}
