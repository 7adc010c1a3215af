using System;

namespace MailAppliance.Tests.Dialogues
{
    /// <summary>A dialogue that is badly written, or that went otherwise than written.</summary>
    public sealed class DialogueException : Exception
    {
        public DialogueException()
        {
        }

        public DialogueException(string message)
            : base(message)
        {
        }

        public DialogueException(string message, Exception innerException)
            : base(message, innerException)
        {
        }
    }
}
