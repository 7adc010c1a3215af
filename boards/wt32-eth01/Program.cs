namespace MailAppliance.Boards.Wt32Eth01
{
    /// <summary>The appliance on a WT32-ETH01: Ethernet, and an SD card reader on SPI.</summary>
    public static class Program
    {
        /// <summary>Runs for ever.</summary>
        public static void Main()
        {
            // The board has no light and no button: free pins of its rows for them.
            BoardIndicator indicator = new BoardIndicator(17, false, OledDisplay.Find(33, 32), 5, false);

            // Clock, MOSI, MISO, chip select: pins of one row that neither Ethernet nor the start of the chip needs. 35 is input only.
            new BoardHost(BoardHost.Small, SdCard.OnSpi(14, 15, 35, 4), indicator).Run();
        }
    }
}
