namespace MailAppliance.Boards
{
    /// <summary>A display that shows a page, a line of letters at a time: <see cref="PageText.LineCount"/> lines.</summary>
    internal interface ILineDisplay
    {
        /// <summary>Shows a line. It does not throw.</summary>
        /// <param name="line">Its index.</param>
        /// <param name="text">The caller's: printable ASCII, <see cref="PageText.ColumnCount"/> of it; free for reuse on return.</param>
        /// <returns>Whether the display took it.</returns>
        bool Show(int line, byte[] text);
    }
}
