using MailAppliance.Tools.Fuzz.Inputs;

namespace MailAppliance.Tools.Fuzz.Targets
{
    /// <summary>A part of the firmware that takes what comes from outside, and what must hold for any of it. Of one thread.</summary>
    internal abstract class FuzzTarget
    {
        /// <summary>Inputs of a batch: the first of each are the seeds, and what one showed is new to the batch only.</summary>
        internal virtual int BatchInputs
        {
            get { return 20_000; }
        }

        /// <summary>What its inputs are made of.</summary>
        internal abstract Grammar Grammar { get; }

        /// <summary>Feeds an input.</summary>
        /// <param name="input">The input.</param>
        /// <param name="features">Told what happens.</param>
        /// <exception cref="BrokenInvariantException">An invariant is broken. Any other exception is one too.</exception>
        internal abstract void Play(FuzzInput input, FeatureMap features);

        /// <summary>Says that an invariant is broken.</summary>
        /// <param name="invariant">Which.</param>
        /// <param name="what">What was seen.</param>
        protected static void Broken(string invariant, string what)
        {
            throw new BrokenInvariantException(invariant, what);
        }
    }
}
