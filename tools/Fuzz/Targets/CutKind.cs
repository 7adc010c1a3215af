namespace MailAppliance.Tools.Fuzz.Targets
{
    /// <summary>How the same octets come in.</summary>
    internal enum CutKind
    {
        /// <summary>As much at a time as there is room for.</summary>
        Whole,

        /// <summary>One at a time.</summary>
        Octets,

        /// <summary>A line at a time.</summary>
        Lines,

        /// <summary>In pieces drawn by lot.</summary>
        Pieces,
    }
}
