using System;
using System.Device.Gpio;
using System.Device.I2c;
using nanoFramework.Hardware.Esp32;

namespace MailAppliance.Boards.M5StackCore2
{
    /// <summary>
    /// The Core2's power management chip, as far as the card needs it: the output that feeds card, display and touch. Core2 has an
    /// AXP192 and Core2 v1.1 an AXP2101, at the same address.
    /// </summary>
    internal static class CorePower
    {
        private const int ClockPin = 22;
        private const int DataPin = 21;
        private const int Bus = 1;
        private const int Address = 0x34;

        /// <summary>The display shares the card's bus; a select line that floats would let it take part.</summary>
        private const int DisplaySelectPin = 5;

        /// <summary>Register of both chips that says which it is.</summary>
        private const byte KindRegister = 0x03;
        private const byte KindAxp192 = 0x03;
        private const byte KindAxp2101 = 0x4A;

        // AXP192: output LDO2.
        private const byte Axp192Switches = 0x12;
        private const byte Axp192Ldo2On = 0x04;
        private const byte Axp192Ldo23Volts = 0x28;
        private const byte Axp192Ldo2At3300 = 0xF0;
        private const byte Axp192Ldo2Mask = 0x0F;

        // AXP2101: output ALDO4.
        private const byte Axp2101Switches = 0x90;
        private const byte Axp2101Aldo4On = 0x08;
        private const byte Axp2101Aldo4Volts = 0x95;
        private const byte Axp2101Aldo4At3300 = 28;
        private const byte Axp2101Aldo4Mask = 0xE0;

        // A pin that is collected is let go.
        private static GpioPin s_displaySelect;

        /// <summary>Switches the card on, at 3.3 V. What goes wrong is printed: the card may have its power all the same.</summary>
        internal static void SwitchCardOn()
        {
            try
            {
                s_displaySelect = new GpioController().OpenPin(DisplaySelectPin, PinMode.Output);
                s_displaySelect.Write(PinValue.High);

                nanoFramework.Hardware.Esp32.Configuration.SetPinFunction(ClockPin, DeviceFunction.I2C1_CLOCK);
                nanoFramework.Hardware.Esp32.Configuration.SetPinFunction(DataPin, DeviceFunction.I2C1_DATA);
                I2cDevice chip = I2cDevice.Create(new I2cConnectionSettings(Bus, Address));
                byte kind = Read(chip, KindRegister);
                if (kind == KindAxp192)
                {
                    Change(chip, Axp192Ldo23Volts, Axp192Ldo2Mask, Axp192Ldo2At3300);
                    Change(chip, Axp192Switches, 0xFF, Axp192Ldo2On);
                }
                else if (kind == KindAxp2101)
                {
                    Change(chip, Axp2101Aldo4Volts, Axp2101Aldo4Mask, Axp2101Aldo4At3300);
                    Change(chip, Axp2101Switches, 0xFF, Axp2101Aldo4On);
                }
                else
                {
                    Console.WriteLine("warning power: an unknown chip, " + kind.ToString() + "; it was left as it is");
                }

                chip.Dispose();
            }
            catch (Exception error)
            {
                Console.WriteLine("warning power: " + error.GetType().FullName + " " + error.Message);
            }
        }

        // The bits of the mask stay, those given are set.
        private static void Change(I2cDevice chip, byte register, byte mask, byte bits)
        {
            byte value = (byte)((Read(chip, register) & mask) | bits);
            chip.Write(new SpanByte(new byte[] { register, value }));
        }

        private static byte Read(I2cDevice chip, byte register)
        {
            byte[] value = new byte[1];
            I2cTransferResult result = chip.WriteRead(new SpanByte(new byte[] { register }), new SpanByte(value));
            if (result.Status != I2cTransferStatus.FullTransfer)
            {
                throw new InvalidOperationException();
            }

            return value[0];
        }
    }
}
