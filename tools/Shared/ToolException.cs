using System;

namespace MailAppliance.Tools
{
    /// <summary>Why a tool can't do what it was asked for, in one line for a person.</summary>
    public sealed class ToolException : Exception
    {
        /// <summary>Makes one.</summary>
        /// <param name="message">The line.</param>
        public ToolException(string message)
            : base(message)
        {
        }

        /// <summary>Makes one.</summary>
        /// <param name="message">The line.</param>
        /// <param name="inner">What the library said.</param>
        public ToolException(string message, Exception inner)
            : base(message, inner)
        {
        }

        /// <summary>Makes one without words.</summary>
        public ToolException()
        {
        }
    }
}
