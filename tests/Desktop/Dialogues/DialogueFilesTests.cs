using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Dialogues
{
    [TestClass]
    public class DialogueFilesTests
    {
        [TestMethod]
        public void Files_All_AreWellWritten()
        {
            Assert.IsGreaterThanOrEqualTo(39, DialogueFiles.Names.Count());
            foreach (string name in DialogueFiles.Names)
            {
                Dialogue dialogue = DialogueFiles.Load(name);
                Assert.IsTrue(dialogue.Steps[0].Kind == DialogueStepKind.Open, $"{name} does not begin with a connection");
            }
        }
    }
}
