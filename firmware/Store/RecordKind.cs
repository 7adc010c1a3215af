namespace MailAppliance.Store
{
    /// <summary>What a record is (SPEC.md, "Kinds").</summary>
    public static class RecordKind
    {
        /// <summary>A part of a message, with more to come.</summary>
        public const int Fragment = 1;

        /// <summary>The last part of a message, which commits it.</summary>
        public const int LastFragment = 2;

        /// <summary>What one POP3 UPDATE removed from one maildrop.</summary>
        public const int Removal = 3;

        /// <summary>Sequences that were written and answered 451 or -ERR: they never count.</summary>
        public const int Void = 4;

        /// <summary>Which recipient bit is whose.</summary>
        public const int Maildrops = 5;

        /// <summary>The rest of the area is unused: the chain goes on at its first block.</summary>
        public const int Wrap = 6;

        /// <summary>The last part of a relocated message, which commits its new place.</summary>
        public const int Copy = 7;

        /// <summary>A message that is in no maildrop from here on: damaged, dropped for new mail, or older than the retention time.</summary>
        public const int Lost = 8;
    }
}
