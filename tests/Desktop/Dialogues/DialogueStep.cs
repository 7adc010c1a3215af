namespace MailAppliance.Tests.Dialogues
{
    /// <summary>One line of a dialogue.</summary>
    /// <param name="Line">Its number in the file, from 1.</param>
    /// <param name="Kind">What it says.</param>
    /// <param name="Connection">The connection's name; empty for steps of the whole appliance.</param>
    /// <param name="Text">What is sent or expected, escapes resolved; empty for other steps.</param>
    /// <param name="Argument">The service to open, or the milliseconds to wait; else what the file says, for messages.</param>
    public sealed record DialogueStep(int Line, DialogueStepKind Kind, string Connection, DialogueText Text, string Argument)
    {
        /// <summary>Whether the client sends.</summary>
        public bool IsSend => Kind is DialogueStepKind.SendLine or DialogueStepKind.SendOctets;

        /// <summary>Whether octets of the appliance are expected.</summary>
        public bool IsExpectation => Kind is DialogueStepKind.Expect or DialogueStepKind.ExpectLater or DialogueStepKind.ExpectMessage;
    }
}
