namespace MailAppliance.Tools.Torture.Clients
{
    /// <summary>What a reader has asked last, and is still to be answered.</summary>
    internal enum Pop3Step
    {
        /// <summary>Nothing.</summary>
        Nothing,

        /// <summary>The greeting.</summary>
        Greeting,

        /// <summary>USER.</summary>
        User,

        /// <summary>PASS.</summary>
        Password,

        /// <summary>UIDL.</summary>
        UniqueIds,

        /// <summary>LIST.</summary>
        Octets,

        /// <summary>RETR, to find out which mail it is.</summary>
        Identify,

        /// <summary>RETR.</summary>
        Retrieve,

        /// <summary>DELE.</summary>
        Mark,

        /// <summary>RSET.</summary>
        Unmark,

        /// <summary>QUIT.</summary>
        Quit,
    }
}
