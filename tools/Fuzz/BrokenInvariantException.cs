using System;

namespace MailAppliance.Tools.Fuzz
{
    /// <summary>An input has broken what must hold for any.</summary>
    internal sealed class BrokenInvariantException : Exception
    {
        /// <summary>Makes one.</summary>
        /// <param name="invariant">Which invariant, in a few words that are the same for every input that breaks it.</param>
        /// <param name="what">What was seen.</param>
        public BrokenInvariantException(string invariant, string what)
            : base(what)
        {
            Invariant = invariant;
        }

        /// <summary>Which invariant: shrinking keeps to it.</summary>
        public string Invariant { get; }
    }
}
