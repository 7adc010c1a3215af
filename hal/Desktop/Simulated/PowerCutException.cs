using System;

namespace MailAppliance.Hal.Desktop.Simulated
{
    /// <summary>The power is off: nothing of the program runs any more. Thrown through it, for nobody but a test to catch.</summary>
    public sealed class PowerCutException : Exception
    {
        /// <summary>Makes one.</summary>
        public PowerCutException()
            : base("the power is off")
        {
        }

        /// <summary>Makes one.</summary>
        /// <param name="message">Words.</param>
        public PowerCutException(string message)
            : base(message)
        {
        }

        /// <summary>Makes one.</summary>
        /// <param name="message">Words.</param>
        /// <param name="innerException">What led to it.</param>
        public PowerCutException(string message, Exception innerException)
            : base(message, innerException)
        {
        }
    }
}
