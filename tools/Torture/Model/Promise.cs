namespace MailAppliance.Tools.Torture.Model
{
    /// <summary>What the appliance promises, each as the torture checks it.</summary>
    internal enum Promise
    {
        /// <summary>A mail that was answered 250 is in each of its maildrops, unless an answered QUIT removed it.</summary>
        AnsweredIsThere,

        /// <summary>It is whole, octet for octet, behind the fields that the appliance adds.</summary>
        AnsweredIsWhole,

        /// <summary>What got 4yz or 5yz, or never came to its end, is not there, at no later boot.</summary>
        RefusedIsNotThere,

        /// <summary>What got no answer is in all of its maildrops or in none.</summary>
        UnansweredIsWholeOrNot,

        /// <summary>What one QUIT removes is gone all of it, or nothing of it.</summary>
        RemovalIsAllOrNothing,

        /// <summary>What was removed and answered never comes back.</summary>
        RemovedStaysAway,

        /// <summary>What was answered -ERR stays.</summary>
        KeptStays,

        /// <summary>A mail is in the maildrops it was sent to and in no other, by name.</summary>
        MaildropIsRight,

        /// <summary>A unique-id never changes, and is never given to another mail.</summary>
        UniqueIdStays,

        /// <summary>Message-numbers count from 1 without a gap, in the order of the unique-ids; STAT, LIST and UIDL agree.</summary>
        NumbersAreRight,

        /// <summary>LIST says the octets that RETR sends.</summary>
        SizeIsRight,

        /// <summary>A maildrop is open in one session at a time.</summary>
        LockHolds,

        /// <summary>What the ring counts as free is what lies free on the card, and what it counts as live is what is live.</summary>
        CountsAreRight,

        /// <summary>Old mail goes for new only in a full ring that may drop it, the oldest first, and what an open session sees last.</summary>
        DropsTheOldest,

        /// <summary>A maildrop takes no mail past its quota, and takes it below.</summary>
        QuotaHolds,

        /// <summary>An empty ring takes mail of the largest size.</summary>
        EmptyRingTakesMail,

        /// <summary>Nothing waits for ever: each client is answered, or its connection ends.</summary>
        NothingWaits,

        /// <summary>The ring on the card opens, and nothing of it counts as damaged.</summary>
        RingOpens,

        /// <summary>The appliance's own checks hold.</summary>
        InvariantsHold,
    }
}
