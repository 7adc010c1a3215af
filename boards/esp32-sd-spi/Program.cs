namespace MailAppliance.Boards.Esp32SdSpi
{
    /// <summary>The appliance on any ESP32 board without PSRAM, with an SD card reader on SPI.</summary>
    public static class Program
    {
        /// <summary>Runs for ever.</summary>
        public static void Main()
        {
            // Clock, MOSI, MISO, chip select: the pins that boards print as VSPI.
            new BoardHost(BoardHost.Small, SdCard.OnSpi(18, 23, 19, 5)).Run();
        }
    }
}
