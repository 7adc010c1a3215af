namespace MailAppliance.Boards.OlimexEsp32Poe
{
    /// <summary>The appliance on Olimex' ESP32-POE: Ethernet, and a card slot on the SD host with one data line.</summary>
    public static class Program
    {
        /// <summary>Runs for ever.</summary>
        public static void Main()
        {
            new BoardHost(BoardHost.Small, SdCard.OnSdHost(false, -1)).Run();
        }
    }
}
