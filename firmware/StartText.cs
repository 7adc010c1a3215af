using MailAppliance.Configuration;
using MailAppliance.Core;
using MailAppliance.Store;

namespace MailAppliance
{
    /// <summary>Says in one line for a person how the start went. For boot and for a card that is put in: it makes strings.</summary>
    public static class StartText
    {
        /// <summary>Why the appliance did not start.</summary>
        /// <param name="status">One of <see cref="ApplianceStatus"/>, not Running.</param>
        /// <param name="appliance">The appliance that did not start.</param>
        /// <param name="settings">Its configuration.</param>
        /// <returns>What is wrong, and where it helps what to do.</returns>
        public static string Failure(int status, Appliance appliance, ApplianceSettings settings)
        {
            return status == ApplianceStatus.StoreFailed ? Of(appliance.Opening, appliance.LastError, settings) : appliance.LastError;
        }

        /// <summary>Checks a memory plan against the configuration's bound.</summary>
        /// <param name="plan">The plan.</param>
        /// <param name="settings">The configuration.</param>
        /// <returns>What is wrong; null where the plan is within the bound or there is none.</returns>
        public static string Refusal(MemoryPlan plan, ApplianceSettings settings)
        {
            if (settings.MemoryOctetsMax == 0 || plan.TotalOctets <= settings.MemoryOctetsMax)
            {
                return null;
            }

            return "memory-max: the configuration asks for " + plan.TotalOctets.ToString() + " octets of memory, and allows "
                + settings.MemoryOctetsMax.ToString() + ": lower smtp-slots, pop3-slots, messages, record or read, or raise memory-max";
        }

        /// <summary>Checks that buffers are not larger than the platform's checksum can look at.</summary>
        /// <param name="settings">The configuration.</param>
        /// <param name="octetsMax">Octets of the largest buffer.</param>
        /// <returns>What is wrong; null where nothing is.</returns>
        public static string BufferRefusal(ApplianceSettings settings, int octetsMax)
        {
            return MailStore.ReadBufferOctets(settings) > octetsMax ? "read: this board takes less than " + octetsMax.ToString() + " octets"
                : MailStore.ScratchOctets(settings) <= octetsMax ? null
                : "record and messages: this board takes records of less than " + octetsMax.ToString()
                    + " octets, those included that list the removal of every second message";
        }

        /// <summary>What to look at although the appliance runs.</summary>
        /// <param name="opening">How the store was opened.</param>
        /// <param name="settings">The configuration.</param>
        /// <param name="ringBlocks">Blocks of the ring's file.</param>
        /// <returns>The warning; null where there is none.</returns>
        public static string Warning(StoreOpening opening, ApplianceSettings settings, int ringBlocks)
        {
            string warning = "";
            if (settings.IsRingGiven && settings.RingOctets != (long)ringBlocks * Limits.BlockOctets)
            {
                warning = "the ring's file has " + ((long)ringBlocks * Limits.BlockOctets).ToString() + " octets and keeps them: ring = "
                    + settings.RingOctets.ToString() + " counts where it is made; ";
            }

            if (opening.HeldNoRing)
            {
                warning += "the ring's file held no ring, and was formatted; ";
            }

            if (opening.LostCount > 0)
            {
                warning += opening.LostCount.ToString() + " records that were on the card can't be read any more; ";
            }

            return warning.Length == 0 ? null : warning.Substring(0, warning.Length - 2);
        }

        /// <summary>Why the store could not be opened.</summary>
        /// <param name="opening">How it went, its status not Ready.</param>
        /// <param name="lastError">The card's own words; null where it has none.</param>
        /// <param name="settings">The configuration.</param>
        /// <returns>What is wrong, and where it helps what to do.</returns>
        public static string Of(StoreOpening opening, string lastError, ApplianceSettings settings)
        {
            switch (opening.Status)
            {
                case StoreStatus.OtherVersion:
                    return opening.FoundFeatures != 0
                        ? "the ring on the card has features (" + opening.FoundFeatures.ToString() + ") that this program does not know; it was left as it is"
                        : "the ring on the card is of format version " + opening.FoundVersion.ToString()
                        + ", which this program does not know; it was left as it is";
                case StoreStatus.Damaged:
                    return "the ring on the card is damaged where it begins, and holds mail; it was left as it is";
                case StoreStatus.Truncated:
                    return "the ring's file is shorter than the ring in it; it was left as it is";
                case StoreStatus.TooSmallConfiguration:
                    return "the ring on the card holds more messages or maildrops than the keys messages ("
                        + settings.MessagesMax.ToString() + ") and maildrops (" + settings.MaildropsMax.ToString() + ") allow";
                case StoreStatus.TooSmallRing:
                    return "the ring's file is smaller than 4 times message-max (" + settings.MessageOctetsMax.ToString()
                        + " octets); it was left as it is";
                case StoreStatus.NoRing:
                    return "there is no ring on it; one is made when the appliance starts, not while it runs";
                case StoreStatus.InUse:
                    return lastError == null ? "the ring's file is in use by another program" : lastError;
                default:
                    return lastError == null ? "the card can't be read or written" : lastError;
            }
        }
    }
}
