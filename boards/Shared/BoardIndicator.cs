using System;
using System.Device.Gpio;
using MailAppliance.Hal;

namespace MailAppliance.Boards
{
    /// <summary>A light, a display and a button on a board's pins. None of them has to be there: pins without one do no harm.</summary>
    /// <remarks>The button is asked, and not waited for: an event of the platform's is an object and a thread's turn.</remarks>
    public sealed class BoardIndicator : IIndicator
    {
        private readonly GpioPin _light;
        private readonly GpioPin _button;
        private readonly ILineDisplay _display;
        private readonly bool _isLitLow;

        /// <summary>Makes it, and sets the pins.</summary>
        /// <param name="lightPin">The GPIO of the light; -1 for none.</param>
        /// <param name="isLitLow">Whether the light shines where the pin is low.</param>
        /// <param name="display">The display; null for none.</param>
        /// <param name="buttonPin">The GPIO of a button to ground; -1 for none.</param>
        /// <param name="isPulledUp">Whether that pin has a resistor to 3.3 V outside the chip; where not, the chip's own is taken.</param>
        internal BoardIndicator(int lightPin, bool isLitLow, ILineDisplay display, int buttonPin, bool isPulledUp)
        {
            _display = display;
            try
            {
                GpioController pins = new GpioController();
                _isLitLow = isLitLow;
                _light = lightPin < 0 ? null : pins.OpenPin(lightPin, PinMode.Output);
                _button = buttonPin < 0 ? null : pins.OpenPin(buttonPin, isPulledUp ? PinMode.Input : PinMode.InputPullUp);
                SetLight(false);
            }
            catch (Exception error)
            {
                // Mail comes without it.
                Console.WriteLine("warning indicator: " + error.GetType().FullName + " " + error.Message);
            }
        }

        /// <inheritdoc/>
        public int LineCount
        {
            get { return _display == null ? 0 : PageText.LineCount; }
        }

        /// <inheritdoc/>
        public bool IsPressed
        {
            get { return _button != null && _button.Read() == PinValue.Low; }
        }

        /// <inheritdoc/>
        public void SetLight(bool isOn)
        {
            if (_light != null)
            {
                _light.Write(isOn != _isLitLow ? PinValue.High : PinValue.Low);
            }
        }

        /// <inheritdoc/>
        public bool ShowLine(int line, byte[] text)
        {
            return _display.Show(line, text);
        }
    }
}
