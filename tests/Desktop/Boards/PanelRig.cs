using System.Linq;
using System.Text;
using MailAppliance.Boards;
using MailAppliance.Configuration;
using MailAppliance.Hal;
using MailAppliance.Hal.Desktop;
using MailAppliance.Hal.Desktop.Simulated;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Boards
{
    /// <summary>An appliance, and before it a light, a display and a button that a test sees and presses.</summary>
    internal sealed class PanelRig : IIndicator
    {
        private readonly MemoryNetwork _network = new();
        private readonly string[] _lines = Enumerable.Repeat(string.Empty, PageText.LineCount).ToArray();

        internal PanelRig(string lines = "", int maildrops = 2, bool hasDisplay = true)
        {
            string names = string.Concat(Enumerable.Range(0, maildrops).Select(drop => $"[maildrop user{drop}]\npassword = x\n"));
            byte[] file = Encoding.UTF8.GetBytes("[appliance]\nhost = mail.lan\nring = 1M\n" + lines + "\n" + names);
            Settings = new ConfigurationReader().Read(file, 0, file.Length)!;
            Settings.SmtpPort = 25;
            Settings.Pop3Port = 110;
            Slot = new CardSlot(Card);
            Appliance = new Appliance(
                Settings, _network, Slot, Clock, new SeededEntropy(1), new Crc32(), new DesktopKeyedHash(), new ListLog());
            Assert.AreEqual(ApplianceStatus.Running, Appliance.Start(null));
            LineCount = hasDisplay ? PageText.LineCount : 0;
            Condition = new Condition(Appliance, Settings);
            Condition.SetAddress("192.168.2.1");
            Panel = new Panel(this, Condition);
        }

        internal ApplianceSettings Settings { get; }

        internal MemoryCard Card { get; } = new();

        internal CardSlot Slot { get; }

        internal ManualClock Clock { get; } = new();

        internal Appliance Appliance { get; }

        internal Condition Condition { get; }

        internal Panel Panel { get; }

        internal bool IsLit { get; private set; }

        internal int LinesShown { get; private set; }

        internal bool IsAway { get; set; }

        /// <summary>What the display shows.</summary>
        internal string Display => string.Join('\n', _lines.Select(line => line.TrimEnd()));

        /// <inheritdoc/>
        public int LineCount { get; }

        /// <inheritdoc/>
        public bool IsPressed { get; set; }

        /// <inheritdoc/>
        public void SetLight(bool isOn)
        {
            Assert.AreNotEqual(IsLit, isOn, "it is switched only where it changes");
            IsLit = isOn;
        }

        /// <inheritdoc/>
        public bool ShowLine(int line, byte[] text)
        {
            Assert.HasCount(PageText.ColumnCount, text);
            LinesShown++;
            if (!IsAway)
            {
                _lines[line] = Encoding.ASCII.GetString(text);
            }

            return !IsAway;
        }

        /// <summary>Lets time pass, 5 ms a turn.</summary>
        internal PanelRig Pass(int milliseconds)
        {
            for (int passed = 0; passed < milliseconds; passed += 5)
            {
                Clock.Advance(5);
                Appliance.Poll();
                Panel.Turn(Clock.MonotonicMilliseconds);
            }

            return this;
        }

        /// <summary>Holds the button for a time and lets it go.</summary>
        internal PanelRig Press(int milliseconds)
        {
            IsPressed = true;
            Pass(milliseconds);
            IsPressed = false;
            return Pass(100);
        }

        /// <summary>Sends a mail.</summary>
        internal PanelRig Mail(string name = "user0")
        {
            MemoryClient client = _network.Connect(25);
            client.Send($"HELO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<{name}@mail.lan>\r\nDATA\r\nSubject: x\r\n\r\n.\r\nQUIT\r\n");
            return Pass(50);
        }

        /// <summary>The light over the next two seconds, an x for each step in which it shines.</summary>
        internal string Light()
        {
            var light = new StringBuilder();
            for (int step = 0; step < LightPattern.Steps; step++)
            {
                light.Append(IsLit ? 'x' : '.');
                Pass(LightPattern.StepMilliseconds);
            }

            return light.ToString();
        }
    }
}
