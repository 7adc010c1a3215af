namespace MailAppliance.Boards.OlimexEsp32Poe
{
    /// <summary>The appliance on Olimex' ESP32-POE: Ethernet, and a card slot on the SD host with one data line.</summary>
    public static class Program
    {
        /// <summary>Runs for ever.</summary>
        public static void Main()
        {
            // The board has no light; UEXT's SCL, GPIO 16, is the PSRAM's on a WROVER module. The button BUT1 has a resistor.
            BoardIndicator indicator = new BoardIndicator(5, false, OledDisplay.Find(13, 33), 34, true);

            new BoardHost(BoardHost.Small, SdCard.OnSdHost(false, -1), indicator).Run();
        }
    }
}
