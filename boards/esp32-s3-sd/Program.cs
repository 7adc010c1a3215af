namespace MailAppliance.Boards.Esp32S3Sd
{
    /// <summary>The appliance on any ESP32-S3 board with PSRAM, with an SD card reader on SPI.</summary>
    public static class Program
    {
        /// <summary>Runs for ever.</summary>
        public static void Main()
        {
            // Light, SDA and SCL on free pins; the BOOT button.
            BoardIndicator indicator = new BoardIndicator(4, false, OledDisplay.Find(8, 9), 0, false);

            // Clock, MOSI, MISO, chip select: the pins of the chip's own SPI, so at full speed.
            new BoardHost(BoardHost.Large, SdCard.OnSpi(12, 11, 13, 10), indicator).Run();
        }
    }
}
