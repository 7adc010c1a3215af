// As the sources of the firmware: a reference may be null.
#nullable disable
using MailAppliance.Configuration;
using MailAppliance.Core;
using MailAppliance.Loop;
using MailAppliance.Store;

namespace MailAppliance.Boards
{
    /// <summary>How the appliance is, for light and display; asked between two turns of the loop. Nothing here is allocated.</summary>
    internal sealed class Condition
    {
        /// <summary>Nothing is wrong.</summary>
        internal const int Well = 0;

        /// <summary>There is no card, or none that can be used.</summary>
        internal const int NoCard = 1;

        /// <summary>The card refuses what is written.</summary>
        internal const int CardRefuses = 2;

        /// <summary>Records on the card are damaged.</summary>
        internal const int Damage = 3;

        /// <summary>There is little room left for mail.</summary>
        internal const int NearlyFull = 4;

        /// <summary>There is no network.</summary>
        internal const int NoAddress = 5;

        // As the notice to the owner has it.
        private const int FullPercent = 80;

        private readonly Appliance _appliance;
        private readonly ApplianceSettings _settings;
        private readonly byte[][] _names;
        private byte[] _address;

        /// <summary>Makes it.</summary>
        /// <param name="appliance">The appliance.</param>
        /// <param name="settings">Its configuration.</param>
        internal Condition(Appliance appliance, ApplianceSettings settings)
        {
            _appliance = appliance;
            _settings = settings;
            _names = new byte[settings.Maildrops.Length][];
            for (int maildrop = 0; maildrop < _names.Length; maildrop++)
            {
                _names[maildrop] = settings.Maildrops[maildrop].Name;
            }
        }

        /// <summary>The host's name.</summary>
        internal byte[] Host
        {
            get { return _settings.Host; }
        }

        /// <summary>The address; null for none.</summary>
        internal byte[] Address
        {
            get { return _address; }
        }

        /// <summary>Takes another address.</summary>
        /// <param name="address">In text form; null for none.</param>
        internal void SetAddress(string address)
        {
            _address = address == null ? null : Octets.Of(address);
        }

        /// <summary>Maildrops.</summary>
        internal int MaildropCount
        {
            get { return _names.Length; }
        }

        /// <summary>Messages that somebody has.</summary>
        internal int WaitingCount
        {
            get { return _appliance.Store.Index.Count; }
        }

        /// <summary>Room for mail that is taken, in percent.</summary>
        internal int UsePercent
        {
            get { return _appliance.Store.UsePercent; }
        }

        /// <summary>Mails that came since the start.</summary>
        internal int StoredCount
        {
            get
            {
                int count = 0;
                SmtpSlot[] slots = _appliance.SmtpSlots;
                for (int at = 0; at < slots.Length; at++)
                {
                    count += slots[at].StoredCount;
                }

                return count;
            }
        }

        /// <summary>SMTP connections.</summary>
        internal int SenderCount
        {
            get { return _appliance.SmtpGate.TakenCount; }
        }

        /// <summary>POP3 connections.</summary>
        internal int ReaderCount
        {
            get { return _appliance.Pop3Gate.TakenCount; }
        }

        /// <summary>Octets that all senders have sent since the start: where it grows, mail comes in.</summary>
        internal long ReceivedOctets
        {
            get
            {
                long octets = 0;
                SmtpSlot[] slots = _appliance.SmtpSlots;
                for (int at = 0; at < slots.Length; at++)
                {
                    octets += slots[at].ReceivedOctets;
                }

                return octets;
            }
        }

        /// <summary>What is wrong, the gravest first.</summary>
        internal int Fault
        {
            get
            {
                MailStore store = _appliance.Store;
                return _appliance.CardWatch.IsGone ? NoCard
                    : store.Commits.IsFaulted ? CardRefuses
                    : DamageCount > 0 ? Damage
                    : store.UsePercent >= FullPercent ? NearlyFull
                    : _address == null ? NoAddress
                    : Well;
            }
        }

        /// <summary>What is wrong, in words for a person; null where nothing is.</summary>
        internal string FaultWords
        {
            get
            {
                switch (Fault)
                {
                    case NoCard:
                        string trouble = _appliance.CardWatch.Trouble;
                        return trouble == null ? "the card is gone" : trouble;
                    case CardRefuses:
                        return "the card refuses what is written: no mail is taken";
                    case Damage:
                        return "mail on the card is damaged: the log says which";
                    case NearlyFull:
                        return "little room is left: fetch mail and delete it";
                    case NoAddress:
                        return "no network: is the cable in, is Wi-Fi there?";
                    default:
                        return null;
                }
            }
        }

        private int DamageCount
        {
            get { return _appliance.CardWatch.LostCount + _appliance.Store.LostCount; }
        }

        /// <summary>A maildrop's name.</summary>
        /// <param name="maildrop">Its index in the configuration.</param>
        /// <returns>UTF-8.</returns>
        internal byte[] NameOf(int maildrop)
        {
            return _names[maildrop];
        }

        /// <summary>Messages of a maildrop.</summary>
        /// <param name="maildrop">Its index in the configuration.</param>
        /// <returns>How many; 0 where there is no card.</returns>
        internal int MessagesOf(int maildrop)
        {
            return _appliance.CardWatch.IsGone ? 0 : _appliance.Store.Index.MessagesOf(_appliance.Store.BitOf(maildrop));
        }
    }
}
