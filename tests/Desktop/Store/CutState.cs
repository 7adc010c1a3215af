namespace MailAppliance.Tests.Store
{
    /// <summary>What somebody was told of a mail or a removal.</summary>
    internal enum CutState
    {
        /// <summary>Nothing: it may have happened or not, but not by half.</summary>
        Open,

        /// <summary>250 or +OK: it has happened.</summary>
        Answered,

        /// <summary>4yz or -ERR: it never happens.</summary>
        Refused,

        /// <summary>Answered, and dropped for new mail or for its age: it never comes back.</summary>
        Dropped,
    }
}
