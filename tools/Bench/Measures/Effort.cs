namespace MailAppliance.Tools.Bench.Measures
{
    /// <summary>How much work a run is allowed to be, and where it puts its files.</summary>
    /// <param name="IsQuick">A run of seconds: the same figures, rougher.</param>
    /// <param name="Folder">The folder for cards and the raw loop's file; on the volume that is to be measured.</param>
    internal sealed record Effort(bool IsQuick, string Folder)
    {
        /// <summary>Chooses a number.</summary>
        /// <param name="full">For a whole run.</param>
        /// <param name="quick">For a quick one.</param>
        /// <returns>One of them.</returns>
        internal int Choose(int full, int quick)
        {
            return IsQuick ? quick : full;
        }
    }
}
