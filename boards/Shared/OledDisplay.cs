using System;
using System.Device.I2c;
using nanoFramework.Hardware.Esp32;

namespace MailAppliance.Boards
{
    /// <summary>An SSD1306 or SH1106 display of 128 by 64 dots on I2C, written a line of letters at a time.</summary>
    /// <remarks>
    /// <para>
    /// It is driven here and not by a library, whose least transfer is the whole picture: 1 KiB, that is 24 ms in which the interpreter does nothing
    /// else. A line is 135 octets with its addresses, 3.1 ms at 400 kHz.
    /// </para>
    /// <para>
    /// The SH1106 has 132 columns, of which the display shows those from 2 on. Letters begin at column 2 on both: so nobody has to know which it is.
    /// </para>
    /// </remarks>
    internal sealed class OledDisplay : ILineDisplay
    {
        // The first one is a board's own, where it has something on it.
        private const int Bus = 2;

        private const int Address = 0x3C;
        private const int ColumnCount = 132;
        private const int Margin = 2;
        private const int Dots = PageText.ColumnCount * (Font.Columns + 1);

        // Both are the first octet of a transfer.
        private const byte CommandsFollow = 0x00;
        private const byte DotsFollow = 0x40;
        private const byte PageCommand = 0xB0;

        // Off; clock; 64 lines; no offset; charge pump on; both axes turned; contacts; contrast; precharge; level; what RAM holds, not
        // inverted; addressing by pages. What one of the two does not know, it passes over. On is told once the RAM is empty.
        private static readonly byte[] s_start = new byte[]
        {
            CommandsFollow, 0xAE, 0xD5, 0x80, 0xA8, 0x3F, 0xD3, 0x00, 0x40, 0x8D, 0x14, 0xA1, 0xC8, 0xDA, 0x12, 0x81, 0x8F, 0xD9, 0xF1, 0xDB, 0x40,
            0xA4, 0xA6, 0x20, 0x02,
        };

        private static readonly byte[] s_on = new byte[] { CommandsFollow, 0xAF };

        private readonly I2cDevice _device;
        private readonly byte[] _font = Font.Make();
        private readonly byte[] _go = new byte[] { CommandsFollow, PageCommand, 0x00, 0x10 };
        private readonly byte[] _dots = new byte[1 + Margin + Dots];
        private bool _isStarted;

        private OledDisplay(I2cDevice device)
        {
            _device = device;
            _dots[0] = DotsFollow;
        }

        /// <summary>Looks whether there is one.</summary>
        /// <param name="dataPin">The GPIO of its SDA.</param>
        /// <param name="clockPin">The GPIO of its SCL.</param>
        /// <returns>The display, empty and on; null where none answers.</returns>
        internal static OledDisplay Find(int dataPin, int clockPin)
        {
            try
            {
                // By its full name: our own Configuration is a namespace.
                nanoFramework.Hardware.Esp32.Configuration.SetPinFunction(dataPin, DeviceFunction.I2C2_DATA);
                nanoFramework.Hardware.Esp32.Configuration.SetPinFunction(clockPin, DeviceFunction.I2C2_CLOCK);
                I2cDevice device = I2cDevice.Create(new I2cConnectionSettings(Bus, Address, I2cBusSpeed.FastMode));
                if (IsTaken(device, s_start))
                {
                    OledDisplay display = new OledDisplay(device);
                    display.Start();
                    return display;
                }

                device.Dispose();
            }
            catch (Exception error)
            {
                Console.WriteLine("notice  display: " + error.GetType().FullName + " " + error.Message);
            }

            return null;
        }

        /// <inheritdoc/>
        public bool Show(int line, byte[] text)
        {
            // One that was away.
            if (!_isStarted)
            {
                Start();
            }

            int at = 1 + Margin;
            for (int column = 0; column < PageText.ColumnCount; column++)
            {
                Array.Copy(_font, (text[column] - Font.First) * Font.Columns, _dots, at, Font.Columns);
                at += Font.Columns + 1;
            }

            _isStarted = _isStarted && Put(line, _dots);
            return _isStarted;
        }

        // What the RAM holds at power-on is anything, and the last columns of an SH1106 are never written again.
        private void Start()
        {
            byte[] empty = new byte[1 + ColumnCount];
            empty[0] = DotsFollow;
            _isStarted = IsTaken(_device, s_start);
            for (int line = 0; line < PageText.LineCount && _isStarted; line++)
            {
                _isStarted = Put(line, empty);
            }

            _isStarted = _isStarted && IsTaken(_device, s_on);
        }

        private bool Put(int line, byte[] dots)
        {
            _go[1] = (byte)(PageCommand | line);
            return IsTaken(_device, _go) && IsTaken(_device, dots);
        }

        private static bool IsTaken(I2cDevice device, byte[] octets)
        {
            try
            {
                return device.Write(new SpanByte(octets)).Status == I2cTransferStatus.FullTransfer;
            }
            catch (Exception)
            {
                // As good as no answer.
                return false;
            }
        }
    }
}
