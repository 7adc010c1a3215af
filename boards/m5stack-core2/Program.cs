using System;
using System.Threading;

namespace MailAppliance.Boards.M5StackCore2
{
    /// <summary>The appliance on an M5Stack Core2: PSRAM, a card slot and a display on one SPI bus, a touch panel, and power that is switched.</summary>
    public static class Program
    {
        // A touch panel may take a finger that is on it at its reset for nothing: so there is time to put one on, before the button is looked at.
        private const int TouchMilliseconds = 1500;

        // For ever: what is collected gives its pins and its device on the bus back.
        private static CoreDisplay s_display;

        /// <summary>Runs for ever.</summary>
        public static void Main()
        {
            // Clock, MOSI, MISO, chip select.
            SdCard card = SdCard.OnSpi(18, 23, 38, 4);
            s_display = new CoreDisplay(card);
            CorePower power = new CorePower();
            power.SwitchOn();
            power.ResetDisplay();

            // A card on a shared bus comes first; the host mounts it once more, and says what is wrong with it.
            card.Mount();
            bool hasDisplay = s_display.Start();
            bool hasTouch = CoreTouch.Start();
            if (hasDisplay)
            {
                Console.WriteLine("memory  letters of the display: 1 x " + CoreDisplay.Octets.ToString());
                ShowStart(hasTouch);
                power.LightDisplay();
            }

            if (hasTouch)
            {
                Thread.Sleep(TouchMilliseconds);
            }

            BoardIndicator indicator = new BoardIndicator(-1, false, hasDisplay ? s_display : null, hasTouch ? CoreTouch.Pin : -1, true);
            new BoardHost(BoardHost.Large, card, indicator).Run();
        }

        private static void ShowStart(bool hasTouch)
        {
            PageText text = new PageText();
            text.At(0).Add("starting");
            if (hasTouch)
            {
                text.At(2).Add("touch now, and hold,");
                text.At(3).Add("for a new password");
            }

            for (int line = 0; line < PageText.LineCount; line++)
            {
                s_display.Show(line, text.LineAt(line));
            }
        }
    }
}
