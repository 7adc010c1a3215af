using System;

namespace MailAppliance.Core
{
    /// <summary>Checks that stay on in every build, for our own mistakes only.</summary>
    /// <remarks>
    /// What a peer sends or a card answers is never an invariant: that is a return value. A broken invariant ends the loop;
    /// what was answered 250 is on the card already, so to stop is the safe thing to do.
    /// </remarks>
    public static class Invariant
    {
        /// <summary>Stops the appliance where <paramref name="holds"/> is false.</summary>
        /// <param name="holds">What must be true.</param>
        /// <param name="what">The rule, for the log; a literal, so that nothing is allocated where it holds.</param>
        public static void Check(bool holds, string what)
        {
            if (!holds)
            {
                throw new InvalidOperationException(what);
            }
        }
    }
}
