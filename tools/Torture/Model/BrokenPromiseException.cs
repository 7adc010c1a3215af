using System;

namespace MailAppliance.Tools.Torture.Model
{
    /// <summary>A promise was broken: ends the run.</summary>
    internal sealed class BrokenPromiseException : Exception
    {
        /// <summary>Makes one.</summary>
        /// <param name="promise">The promise.</param>
        /// <param name="what">What was found, for a person.</param>
        internal BrokenPromiseException(Promise promise, string what)
            : base(what)
        {
            Promise = promise;
        }

        /// <summary>The promise.</summary>
        internal Promise Promise { get; }
    }
}
