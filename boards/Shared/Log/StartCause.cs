namespace MailAppliance.Boards
{
    /// <summary>Why the board started; each is counted on the card. The numbers are those of SPEC.md.</summary>
    internal static class StartCause
    {
        /// <summary>The power came, or somebody pressed reset; also what nobody could write down.</summary>
        internal const int Power = 0;

        /// <summary>An exception ended the loop.</summary>
        internal const int Fault = 1;

        /// <summary>There was no memory.</summary>
        internal const int Memory = 2;

        /// <summary>The loop stood still.</summary>
        internal const int Standstill = 3;

        /// <summary>The network did not come back.</summary>
        internal const int Network = 4;

        /// <summary>The start was refused: configuration, memory plan or ports.</summary>
        internal const int Refusal = 5;

        /// <summary>The owner wanted it: a card with a configuration, or a new password.</summary>
        internal const int Owner = 6;

        /// <summary>How many there are.</summary>
        internal const int Count = 7;

        /// <summary>Says a cause in words.</summary>
        /// <param name="cause">The cause.</param>
        /// <returns>The words.</returns>
        internal static string Words(int cause)
        {
            switch (cause)
            {
                case Fault:
                    return "after a fault";
                case Memory:
                    return "out of memory";
                case Standstill:
                    return "the loop stood still";
                case Network:
                    return "no network";
                case Refusal:
                    return "the start was refused";
                case Owner:
                    return "as the owner wanted";
                default:
                    return "by power or reset";
            }
        }
    }
}
