using System;

namespace MailAppliance.Tools.Simulator
{
    /// <summary>Why the simulator can't start, in one line for a person.</summary>
    internal sealed class StartException : Exception
    {
        /// <summary>Makes one.</summary>
        /// <param name="message">The line.</param>
        public StartException(string message)
            : base(message)
        {
        }

        /// <summary>Makes one.</summary>
        /// <param name="message">The line.</param>
        /// <param name="inner">What the library said.</param>
        public StartException(string message, Exception inner)
            : base(message, inner)
        {
        }

        /// <summary>Makes one without words.</summary>
        public StartException()
        {
        }
    }
}
