namespace MailAppliance.Boards.M5StackCore2
{
    /// <summary>The appliance on an M5Stack Core2: PSRAM, and a card slot on SPI, whose power is switched.</summary>
    public static class Program
    {
        /// <summary>Runs for ever.</summary>
        public static void Main()
        {
            CorePower.SwitchCardOn();

            // A display at port A, the red one. The board's own is on the card's bus, of which the firmware's card driver knows nothing.
            BoardIndicator indicator = new BoardIndicator(-1, false, OledDisplay.Find(32, 33), -1, false);

            // Clock, MOSI, MISO, chip select.
            new BoardHost(BoardHost.Large, SdCard.OnSpi(18, 23, 38, 4), indicator).Run();
        }
    }
}
