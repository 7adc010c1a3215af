using System;
using System.Device.Gpio;
using System.Device.Spi;
using System.Threading;

namespace MailAppliance.Boards.M5StackCore2
{
    /// <summary>The Core2's own display, an ILI9342C on the card's bus, written a line of letters at a time.</summary>
    /// <remarks>
    /// <para>
    /// Card and display take turns: both go through one driver of the firmware, from one thread, and each call has ended when it returns. What
    /// is left to us are the two select lines, of which at most one may be low (DESIGN.md, "A board").
    /// </para>
    /// <para>
    /// The device on the bus is never given back, also where the display fails: the firmware would free the bus with it, under the card.
    /// </para>
    /// </remarks>
    internal sealed class CoreDisplay : ILineDisplay
    {
        /// <summary>Octets of managed memory that it takes once it is started.</summary>
        internal const int Octets = CoreLetters.Octets + CoreLetters.PieceOctets;

        private const int Bus = 1;
        private const int ClockHertz = 40000000;
        private const int SelectPin = 5;
        private const int DataPin = 15;
        private const int CardSelectPin = 4;

        private const int WhiteInk = 0xFFFF;

        // After a reset, and after waking up.
        private const int WaitMilliseconds = 120;

        // Rows and columns exchanged, so that dots run downwards; blue first, as this panel has it.
        private const byte Order = 0x28;
        private const byte SixteenBits = 0x55;

        private static readonly byte[] s_reset = new byte[] { 0x01 };
        private static readonly byte[] s_wake = new byte[] { 0x11 };
        private static readonly byte[] s_colours = new byte[] { 0x3A, SixteenBits };
        private static readonly byte[] s_order = new byte[] { 0x36, Order };

        // What it calls inverted is right on this panel.
        private static readonly byte[] s_invert = new byte[] { 0x21 };
        private static readonly byte[] s_on = new byte[] { 0x29 };
        private static readonly byte[] s_dotsFollow = new byte[] { 0x2C };

        // With rows and columns exchanged, its columns are ours from top to bottom.
        private readonly byte[] _down = new byte[] { 0x2A, 0, 0, 0, 0 };
        private readonly byte[] _across = new byte[] { 0x2B, 0, 0, 0, 0 };

        private readonly SdCard _card;
        private readonly byte[] _dots = new byte[CoreLetters.PieceOctets];
        private readonly GpioPin _select;
        private readonly GpioPin _cardSelect;
        private readonly GpioPin _isData;
        private readonly SpiDevice _device;
        private CoreLetters _letters;

        /// <summary>Takes the pins and joins the bus, whose own pins are set, before card and display have power and before the card is mounted.</summary>
        /// <param name="card">The card on that bus.</param>
        internal CoreDisplay(SdCard card)
        {
            _card = card;
            try
            {
                GpioController pins = new GpioController();
                _select = High(pins, SelectPin);
                _cardSelect = High(pins, CardSelectPin);
                _isData = High(pins, DataPin);

                // No select line for the driver: after a transfer that failed, it leaves its line low. Both ways, though nothing is read: opening a
                // device reads, and one of the other kind can't.
                SpiConnectionSettings settings = new SpiConnectionSettings(Bus, -1);
                settings.ClockFrequency = ClockHertz;
                settings.Mode = SpiMode.Mode0;
                settings.DataFlow = DataFlow.MsbFirst;
                settings.Configuration = SpiBusConfiguration.FullDuplex;
                _device = SpiDevice.Create(settings);
            }
            catch (Exception error)
            {
                Warn(error);
            }
        }

        /// <summary>Starts the display after its reset, once the card has been spoken to: before that a card takes all on the bus for its own.</summary>
        /// <returns>Whether it is empty and on. It says nothing itself: one that is not there is not missed.</returns>
        internal bool Start()
        {
            if (_device == null)
            {
                return false;
            }

            try
            {
                _letters = new CoreLetters(WhiteInk);
                Select();
                Send(s_reset);
                Thread.Sleep(WaitMilliseconds);
                Send(s_wake);
                Thread.Sleep(WaitMilliseconds);
                Send(s_colours);
                Send(s_order);
                Send(s_invert);
                Clear();
                Send(s_on);
                return true;
            }
            catch (Exception error)
            {
                Warn(error);
                return false;
            }
            finally
            {
                _select.Write(PinValue.High);
            }
        }

        /// <inheritdoc/>
        public bool Show(int line, byte[] text)
        {
            try
            {
                Select();
                CoreLetters.PutWindow(line, _across, _down, 1);
                SendWindow();
                for (int first = 0; first < PageText.ColumnCount; first += CoreLetters.PieceLetters)
                {
                    _letters.Compose(text, first, _dots);
                    _device.Write(new SpanByte(_dots));
                }

                return true;
            }
            catch (Exception error)
            {
                // The firmware had no memory for it. The display waits for the next window.
                Warn(error);
                return false;
            }
            finally
            {
                _select.Write(PinValue.High);
            }
        }

        private static GpioPin High(GpioController pins, int number)
        {
            GpioPin pin = pins.OpenPin(number, PinMode.Output);
            pin.Write(PinValue.High);
            return pin;
        }

        private static void Warn(Exception error)
        {
            Console.WriteLine("warning display: " + error.GetType().FullName + " " + error.Message);
        }

        // The card's driver lets go of the card's line where it could not mount a card, and the card would take dots for commands.
        private void Select()
        {
            if (!_card.IsMounted)
            {
                _cardSelect.SetPinMode(PinMode.Output);
                _cardSelect.Write(PinValue.High);
            }

            _select.Write(PinValue.Low);
        }

        // What is too much begins anew at the window's start.
        private void Clear()
        {
            CoreLetters.PutScreen(_across, _down, 1);
            SendWindow();
            for (int sent = 0; sent < CoreLetters.ScreenWidth * CoreLetters.ScreenHeight * CoreLetters.DotOctets; sent += _dots.Length)
            {
                _device.Write(new SpanByte(_dots));
            }
        }

        // Dots follow, from the window's start on.
        private void SendWindow()
        {
            Send(_across);
            Send(_down);
            Send(s_dotsFollow);
        }

        // A command and what belongs to it. Dots may follow.
        private void Send(byte[] octets)
        {
            _isData.Write(PinValue.Low);
            _device.Write(new SpanByte(octets, 0, 1));
            _isData.Write(PinValue.High);
            if (octets.Length > 1)
            {
                _device.Write(new SpanByte(octets, 1, octets.Length - 1));
            }
        }
    }
}
