using MailAppliance.Tools.Torture.Model;

namespace MailAppliance.Tools.Torture
{
    /// <summary>A run that broke a promise.</summary>
    internal sealed class Failure
    {
        /// <summary>Makes it.</summary>
        internal Failure(long seed, Promise promise, string what, int atEvent)
        {
            Seed = seed;
            Promise = promise;
            What = what;
            AtEvent = atEvent;
        }

        /// <summary>The run's seed.</summary>
        internal long Seed { get; }

        /// <summary>The promise.</summary>
        internal Promise Promise { get; }

        /// <summary>What was found.</summary>
        internal string What { get; }

        /// <summary>The event in which it was found.</summary>
        internal int AtEvent { get; }
    }
}
