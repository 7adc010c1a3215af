using System;
using System.Device.I2c;
using System.Threading;
using nanoFramework.Hardware.Esp32;

namespace MailAppliance.Boards.M5StackCore2
{
    /// <summary>
    /// The Core2's power management chip, as far as card, display and touch need it: what feeds them, the display's light, and the line that resets
    /// display and touch. Core2 has an AXP192 and Core2 v1.1 an AXP2101, at the same address.
    /// </summary>
    /// <remarks>What goes wrong is printed, and mail comes without it: the card may have its power all the same.</remarks>
    internal sealed class CorePower
    {
        /// <summary>The I2C bus inside the case, whose pins are set once this is made.</summary>
        internal const int Bus = 1;

        private const int ClockPin = 22;
        private const int DataPin = 21;
        private const int Address = 0x34;

        /// <summary>Register of both chips that says which it is.</summary>
        private const byte KindRegister = 0x03;
        private const byte Axp192 = 0x03;
        private const byte Axp2101 = 0x4A;

        // AXP192: LDO2 feeds card, display and touch, DCDC3 the light, and GPIO4, open drain, is the reset line.
        private const byte Axp192Switches = 0x12;
        private const byte Axp192Dcdc3On = 0x02;
        private const byte Axp192Ldo2On = 0x04;
        private const byte Axp192Dcdc3Volts = 0x27;
        private const byte Axp192Dcdc3At2800 = 84;
        private const byte Axp192Dcdc3Kept = 0x80;
        private const byte Axp192Ldo23Volts = 0x28;
        private const byte Axp192Ldo2At3300 = 0xF0;
        private const byte Axp192Ldo2Kept = 0x0F;
        private const byte Axp192Gpio34Function = 0x95;
        private const byte Axp192Gpio4OpenDrain = 0x84;
        private const byte Axp192Gpio4Kept = 0x72;
        private const byte Axp192Gpio34Level = 0x96;
        private const byte Axp192Gpio4High = 0x02;

        // AXP2101: ALDO4 feeds card, display and touch, BLDO1 the light, and ALDO2 is the reset line.
        private const byte Axp2101Switches = 0x90;
        private const byte Axp2101Aldo2On = 0x02;
        private const byte Axp2101Aldo4On = 0x08;
        private const byte Axp2101Bldo1On = 0x10;
        private const byte Axp2101Aldo2Volts = 0x93;
        private const byte Axp2101Aldo4Volts = 0x95;
        private const byte Axp2101Bldo1Volts = 0x96;
        private const byte Axp2101At2800 = 23;
        private const byte Axp2101At3300 = 28;
        private const byte Axp2101VoltsKept = 0xE0;

        private const byte AllKept = 0xFF;

        private const int ResetMilliseconds = 20;

        private readonly I2cDevice _chip;
        private readonly byte[] _register = new byte[1];
        private readonly byte[] _value = new byte[1];
        private readonly byte[] _both = new byte[2];
        private readonly byte _kind;

        /// <summary>Looks which chip it is, and changes nothing yet.</summary>
        internal CorePower()
        {
            try
            {
                nanoFramework.Hardware.Esp32.Configuration.SetPinFunction(ClockPin, DeviceFunction.I2C1_CLOCK);
                nanoFramework.Hardware.Esp32.Configuration.SetPinFunction(DataPin, DeviceFunction.I2C1_DATA);
                _chip = I2cDevice.Create(new I2cConnectionSettings(Bus, Address));
                _kind = Read(KindRegister);
                if (_kind != Axp192 && _kind != Axp2101)
                {
                    Console.WriteLine("warning power: an unknown chip, " + _kind.ToString() + "; it is left as it is");
                }
            }
            catch (Exception error)
            {
                Warn(error);
            }
        }

        /// <summary>Switches card, display and touch on, at 3.3 V.</summary>
        internal void SwitchOn()
        {
            Change(Axp192, Axp192Ldo23Volts, Axp192Ldo2Kept, Axp192Ldo2At3300);
            Change(Axp192, Axp192Switches, AllKept, Axp192Ldo2On);
            Change(Axp2101, Axp2101Aldo4Volts, Axp2101VoltsKept, Axp2101At3300);
            Change(Axp2101, Axp2101Switches, AllKept, Axp2101Aldo4On);
        }

        /// <summary>Resets display and touch, with the light off: what the display shows meanwhile is anything.</summary>
        internal void ResetDisplay()
        {
            Change(Axp192, Axp192Switches, AllKept & ~Axp192Dcdc3On, 0);
            Change(Axp192, Axp192Gpio34Function, Axp192Gpio4Kept, Axp192Gpio4OpenDrain);
            Change(Axp192, Axp192Gpio34Level, AllKept & ~Axp192Gpio4High, 0);
            Change(Axp2101, Axp2101Aldo2Volts, Axp2101VoltsKept, Axp2101At3300);
            Change(Axp2101, Axp2101Switches, AllKept & ~(Axp2101Aldo2On | Axp2101Bldo1On), 0);
            Thread.Sleep(ResetMilliseconds);
            Change(Axp192, Axp192Gpio34Level, AllKept, Axp192Gpio4High);
            Change(Axp2101, Axp2101Switches, AllKept, Axp2101Aldo2On);
        }

        /// <summary>Switches the display's light on, at 2.8 V.</summary>
        internal void LightDisplay()
        {
            Change(Axp192, Axp192Dcdc3Volts, Axp192Dcdc3Kept, Axp192Dcdc3At2800);
            Change(Axp192, Axp192Switches, AllKept, Axp192Dcdc3On);
            Change(Axp2101, Axp2101Bldo1Volts, Axp2101VoltsKept, Axp2101At2800);
            Change(Axp2101, Axp2101Switches, AllKept, Axp2101Bldo1On);
        }

        private static void Warn(Exception error)
        {
            Console.WriteLine("warning power: " + error.GetType().FullName + " " + error.Message);
        }

        // Of that chip alone: some bits stay, others are set.
        private void Change(byte kind, byte register, int kept, byte set)
        {
            if (kind != _kind)
            {
                return;
            }

            try
            {
                _both[1] = (byte)((Read(register) & kept) | set);
                _both[0] = register;
                Check(_chip.Write(new SpanByte(_both)));
            }
            catch (Exception error)
            {
                Warn(error);
            }
        }

        private byte Read(byte register)
        {
            _register[0] = register;
            Check(_chip.WriteRead(new SpanByte(_register), new SpanByte(_value)));
            return _value[0];
        }

        private static void Check(I2cTransferResult result)
        {
            if (result.Status != I2cTransferStatus.FullTransfer)
            {
                throw new InvalidOperationException();
            }
        }
    }
}
