using MailAppliance.Hal;

namespace MailAppliance.Boards
{
    /// <summary>What light and display say where the appliance does not run.</summary>
    internal static class StopPage
    {
        /// <summary>Says it, all at once: no mail waits for that.</summary>
        /// <param name="indicator">The devices.</param>
        /// <param name="reason">Why it does not run.</param>
        internal static void Show(IIndicator indicator, string reason)
        {
            indicator.SetLight(true);
            if (indicator.LineCount == 0)
            {
                return;
            }

            PageText text = new PageText();
            text.At(0).Add("STOPPED");
            text.At(1).AddWrapped(reason, PageText.LineCount - 1);
            for (int line = 0; line < PageText.LineCount; line++)
            {
                indicator.ShowLine(line, text.LineAt(line));
            }
        }
    }
}
