using System;
using MailAppliance.Hal.Desktop.Simulated;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Whole
{
    /// <summary>TOP through the whole appliance: a cut message and the end of the reply share the output, whatever is left of it.</summary>
    [TestClass]
    public class TopTests
    {
        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(2)]
        public void Top_HeaderOfEveryLength_EndsWithItsEnd(int lines)
        {
            ApplianceRig rig = new ApplianceRig().Start();
            for (int octets = 1; octets < 1_100; octets++)
            {
                string header = "X: " + new string('x', octets);
                Assert.StartsWith("250 2.0.0", rig.SendMail(header + "\r\n\r\none\r\ntwo\r\nthree"));
                MemoryClient client = rig.Login("alice");
                string reply = rig.Say(client, $"TOP 1 {lines}\r\n");
                string wanted = header + "\r\n\r\n" + (lines == 0 ? string.Empty : lines == 1 ? "one\r\n" : "one\r\ntwo\r\n") + ".\r\n";
                Assert.EndsWith(wanted, reply, $"{octets} octets");
                Assert.IsTrue(reply.IndexOf("\r\n.\r\n", StringComparison.Ordinal) == reply.Length - 5, $"{octets} octets");
                Assert.EndsWith("+OK\r\n", rig.Say(client, "NOOP\r\nDELE 1\r\nNOOP\r\n"));
                rig.Say(client, "QUIT\r\n");
            }
        }
    }
}
