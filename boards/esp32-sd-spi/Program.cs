namespace MailAppliance.Boards.Esp32SdSpi
{
    /// <summary>The appliance on any ESP32 board without PSRAM, with an SD card reader on SPI.</summary>
    public static class Program
    {
        /// <summary>Runs for ever.</summary>
        public static void Main()
        {
            // The light that many boards have; SDA and SCL as boards print them; the BOOT button.
            BoardIndicator indicator = new BoardIndicator(2, false, OledDisplay.Find(21, 22), 0, false);

            // Clock, MOSI, MISO, chip select: the pins that boards print as VSPI.
            new BoardHost(BoardHost.Small, SdCard.OnSpi(18, 23, 19, 5), indicator).Run();
        }
    }
}
