namespace MailAppliance.Boards.Esp32WroverKit
{
    /// <summary>The appliance on Espressif's ESP-WROVER-KIT: PSRAM, and a card slot on the SD host with four data lines and card detect.</summary>
    public static class Program
    {
        /// <summary>Runs for ever.</summary>
        public static void Main()
        {
            // Card, display and camera connectors of this board leave no pins that are surely free for light, display and button.
            new BoardHost(BoardHost.Large, SdCard.OnSdHost(true, 21), null).Run();
        }
    }
}
