using System;
using System.Buffers.Text;
using MailAppliance.Tools.Torture.Model;
using MailAppliance.Tools.Torture.World;

namespace MailAppliance.Tools.Torture.Clients
{
    /// <summary>Fetches everything that there is, through POP3 and on a card that tells the truth, and asks the ledger.</summary>
    internal sealed class Inspector
    {
        private readonly Stage _stage;
        private readonly Talk _talk;
        private readonly Talk _second;
        private readonly Listing _listing = new();
        private readonly RingReader _ring = new();

        /// <summary>Makes it.</summary>
        internal Inspector(Stage stage)
        {
            _stage = stage;
            _talk = new Talk(stage);
            _second = new Talk(stage);
        }

        /// <summary>Messages fetched and compared in the run.</summary>
        internal int Fetched { get; set; }

        /// <summary>Checks every maildrop of the configuration, and the counters.</summary>
        /// <param name="isAfterBoot">The store has read the superblocks. Later one may be on the card whose write was called a failure: its
        /// tail is further on than the one that the store goes by, and more is free than it counts.</param>
        internal void Check(bool isAfterBoot)
        {
            // A store that can't write its void record has closed connections without a word: only the next boot tells then.
            int since = _stage.Trail.Event + 1;
            bool isSettled = !_stage.Devices.Appliance.Store.Commits.IsFaulted;
            _stage.LogReader.IsChecking = true;
            foreach (int maildrop in Layouts.OrderOf(_stage.Layout))
            {
                CheckMaildrop(maildrop, since, isSettled);
            }

            _stage.Ledger.Settle();
            _stage.Devices.Run();
            _stage.LogReader.IsChecking = false;
            CheckCounts(isAfterBoot);
        }

        private void CheckMaildrop(int maildrop, int since, bool isSettled)
        {
            _talk.Open(_stage.Devices.Appliance.Pop3Port);
            _listing.Clear();
            _talk.Text.Begin().Add("USER ").Add(Layouts.Names[maildrop]).Add("\r\nPASS p\r\nSTAT\r\nUIDL\r\n");
            _talk.Ask();
            _talk.Expect("the greeting");
            _talk.Expect("USER");
            _talk.Expect("PASS");
            int count = Number(_talk.Expect("STAT").Slice(4));
            _listing.TakeUniqueIds(_talk.ExpectLong("UIDL"));
            if (count != _listing.Count)
            {
                throw new BrokenPromiseException(Promise.NumbersAreRight, $"STAT says {count} messages, UIDL {_listing.Count}");
            }

            _talk.Text.Begin().Add("LIST\r\n");
            _talk.Ask();
            _listing.TakeOctets(_talk.ExpectLong("LIST"));
            CheckSecond(maildrop);
            Fetch();
            _stage.Ledger.Quotas.Listed(_listing.Count, _stage.Settings.SmtpSlots);
            _stage.Ledger.Check(maildrop, _listing.Mails, since, since - 1, isSettled, !isSettled);
            _talk.Text.Begin().Add("QUIT\r\n");
            _talk.Ask();
            _talk.Expect("QUIT");
            _talk.Close();
        }

        // Who comes second is told so.
        private void CheckSecond(int maildrop)
        {
            if (_stage.Random.Next(8) != 0)
            {
                return;
            }

            _second.Open(_stage.Devices.Appliance.Pop3Port);
            _second.Text.Begin().Add("USER ").Add(Layouts.Names[maildrop]).Add("\r\nPASS p\r\n");
            _second.Ask();
            _second.Expect("the greeting");
            _second.Expect("USER");
            if (!_second.TakeLine(out ReadOnlySpan<byte> line) || !line.StartsWith("-ERR [IN-USE]"u8))
            {
                throw new BrokenPromiseException(Promise.LockHolds, $"maildrop {maildrop} was opened twice");
            }

            _second.Close();
        }

        // A message that nobody has seen before tells by its first line which mail it is.
        private void Fetch()
        {
            for (int number = 1; number <= _listing.Count; number++)
            {
                _talk.Text.Begin().Add("RETR ").Add(number).Add("\r\n");
                _talk.Ask();
                ReadOnlySpan<byte> body = _talk.ExpectLong("RETR");
                if (_listing.Identify(_stage.Ledger) == number)
                {
                    _listing.Know(_stage.Ledger, number, body);
                    _listing.Identify(_stage.Ledger);
                }

                MailText.CheckWhole(_listing.Mails[number - 1], body, _listing.OctetsOf(number));
                Fetched++;
            }
        }

        private void CheckCounts(bool isAfterBoot)
        {
            Appliance appliance = _stage.Devices.Appliance;
            _stage.Ledger.CountLive(out int mails, out int pairs, out int moreMails, out int morePairs);
            int found = appliance.Store.Index.Count;
            int foundPairs = appliance.Store.Index.LiveRecipients;
            if (found < mails || found > mails + moreMails || foundPairs < pairs || foundPairs > pairs + morePairs)
            {
                throw new BrokenPromiseException(
                    Promise.CountsAreRight,
                    $"the store counts {found} messages and {foundPairs} recipients; there are {mails} to {mails + moreMails}, and {pairs} to {pairs + morePairs}");
            }

            if (appliance.Store.Ring.VerifiedSequence != appliance.Store.Ring.HeadSequence)
            {
                // What stands at the head is in doubt: a fragment that nobody finished, or what a void record has still to name.
                return;
            }

            bool isRead = _ring.Read(_stage.Devices.Blocks);
            int free = appliance.Store.Ring.FreeBlocks;
            int freeOnCard = _ring.AreaBlocks - _ring.UsedBlocks;
            if (!isRead || free > freeOnCard || (isAfterBoot && free < freeOnCard))
            {
                throw new BrokenPromiseException(
                    Promise.CountsAreRight, $"the store counts {free} free blocks; on the card are {freeOnCard}; {_stage.Devices.Describe()}");
            }
        }

        private static int Number(ReadOnlySpan<byte> text)
        {
            return Utf8Parser.TryParse(text, out int number, out _) ? number : -1;
        }
    }
}
