namespace MailAppliance.Hal
{
    /// <summary>What a person sees of the appliance and can press: one light, a display of a few lines, one button; each may be absent.</summary>
    /// <remarks>No member throws, or takes longer than a line of the display does.</remarks>
    public interface IIndicator
    {
        /// <summary>Switches the light.</summary>
        /// <param name="isOn">Whether it shines.</param>
        void SetLight(bool isOn);

        /// <summary>Lines of the display; 0 where there is none.</summary>
        int LineCount { get; }

        /// <summary>Shows a line.</summary>
        /// <param name="line">Its index.</param>
        /// <param name="text">The caller's: printable ASCII, as many as a line has columns; free for reuse on return.</param>
        /// <returns>Whether the display took it.</returns>
        bool ShowLine(int line, byte[] text);

        /// <summary>Whether the button is down now; false where there is none. It may bounce.</summary>
        bool IsPressed { get; }
    }
}
