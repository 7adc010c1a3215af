using System.Collections.Generic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Dialogues
{
    /// <summary>Every dialogue, played against the whole appliance.</summary>
    [TestClass]
    public class DialogueTests
    {
        public static IEnumerable<object[]> Plays => DialogueFiles.Plays;

        [TestMethod]
        [DynamicData(nameof(Plays))]
        public void Dialogue_Played_GoesAsWritten(string name, DialogueWay way)
        {
            using ApplianceTarget target = new();
            DialoguePlayer.Play(DialogueFiles.Load(name), way, target);
        }
    }
}
