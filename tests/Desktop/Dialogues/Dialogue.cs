using System.Collections.Generic;

namespace MailAppliance.Tests.Dialogues
{
    /// <summary>A dialogue, as its file says it. The format is described in <c>tests/Dialogues/README.md</c>.</summary>
    /// <param name="Name">The file's name, for messages.</param>
    /// <param name="Ways">The ways it may be played.</param>
    /// <param name="Configuration">The configuration file's text.</param>
    /// <param name="Steps">What happens, in order.</param>
    public sealed record Dialogue(string Name, IReadOnlyList<DialogueWay> Ways, string Configuration, IReadOnlyList<DialogueStep> Steps);
}
