namespace MailAppliance.Boards
{
    /// <summary>What the light says: patterns of two seconds, in sixteen steps.</summary>
    internal static class LightPattern
    {
        /// <summary>All is well, and there is nothing to fetch.</summary>
        internal const int Heartbeat = 0;

        /// <summary>Mail waits.</summary>
        internal const int MailWaiting = 1;

        /// <summary>Somebody sends mail just now.</summary>
        internal const int Receiving = 2;

        /// <summary>Something is wrong, and the display or the log says what.</summary>
        internal const int Fault = 3;

        /// <summary>Steps of a pattern.</summary>
        internal const int Steps = 16;

        /// <summary>Milliseconds of a step.</summary>
        internal const int StepMilliseconds = 125;

        // An x shines.
        private static readonly string[] s_patterns = new string[]
        {
            "x...............",
            "xxxx....xxxx....",
            "x.x.x.x.x.x.x.x.",
            "xx.xx.xx........",
        };

        /// <summary>Whether the light shines in a step of a pattern.</summary>
        /// <param name="pattern">The pattern.</param>
        /// <param name="step">The step, counted on for ever.</param>
        /// <returns>True where it does.</returns>
        internal static bool IsOn(int pattern, int step)
        {
            return s_patterns[pattern][step & (Steps - 1)] == 'x';
        }
    }
}
