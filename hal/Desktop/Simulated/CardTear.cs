namespace MailAppliance.Hal.Desktop.Simulated
{
    /// <summary>What a power cut leaves of the one block that was being written.</summary>
    public enum CardTear
    {
        /// <summary>The block holds what it held before.</summary>
        Before,

        /// <summary>The block holds what it was to hold.</summary>
        After,

        /// <summary>The first octets are new, the rest is as before.</summary>
        FirstOctets,

        /// <summary>The last octets are new, the rest is as before.</summary>
        LastOctets,

        /// <summary>The block holds neither.</summary>
        Garbage,

        /// <summary>The block was erased for the write: all ones.</summary>
        Erased,
    }
}
