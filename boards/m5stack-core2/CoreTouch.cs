using System;
using System.Device.I2c;
using System.Threading;

namespace MailAppliance.Boards.M5StackCore2
{
    /// <summary>The Core2's touch panel, an FT6336U, as one button: wherever it is touched.</summary>
    internal static class CoreTouch
    {
        /// <summary>The GPIO that is low while somebody touches the panel; the board has a resistor to 3.3 V there.</summary>
        internal const int Pin = 39;

        private const int Address = 0x38;

        // Its line stays low for as long as somebody touches, and does not pulse with each report.
        private static readonly byte[] s_lineIsLevel = new byte[] { 0xA4, 0x00 };

        // After a reset it takes some 300 ms to answer.
        private const int Attempts = 5;
        private const int AttemptMilliseconds = 100;

        /// <summary>Starts it, after its reset and with the pins of its bus set.</summary>
        /// <returns>Whether it is there.</returns>
        internal static bool Start()
        {
            try
            {
                I2cDevice chip = I2cDevice.Create(new I2cConnectionSettings(CorePower.Bus, Address));
                bool isTaken = false;
                for (int attempt = 0; attempt < Attempts && !isTaken; attempt++)
                {
                    Thread.Sleep(AttemptMilliseconds);
                    isTaken = chip.Write(new SpanByte(s_lineIsLevel)).Status == I2cTransferStatus.FullTransfer;
                }

                chip.Dispose();
                if (!isTaken)
                {
                    Console.WriteLine("warning touch: no answer");
                }

                return isTaken;
            }
            catch (Exception error)
            {
                Console.WriteLine("warning touch: " + error.GetType().FullName + " " + error.Message);
                return false;
            }
        }
    }
}
