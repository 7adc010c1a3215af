using System;
using System.IO;
using System.Text;
using MailAppliance.Hal;
using MailAppliance.Loop;

namespace MailAppliance.Boards
{
    /// <summary>Keeps a <see cref="RestartNote"/> in internal flash until its mail is on the card, and the card has counted it.</summary>
    internal sealed class RestartFile
    {
        private const string Path = "I:\\restart.txt";

        private Notices _notices;
        private CardLog _log;

        /// <summary>Writes down that the board restarts now. Whatever is wrong with that, it restarts.</summary>
        /// <param name="cause">One of <see cref="StartCause"/>.</param>
        /// <param name="reason">Why.</param>
        internal static void Write(int cause, string reason)
        {
            Replace(Read().Next(Environment.TickCount64 / 1000, cause, reason));
        }

        /// <summary>Tells the card's log why the board started; first of all, since a start that is refused is counted too.</summary>
        /// <param name="log">Counts the start.</param>
        internal void Begin(CardLog log)
        {
            RestartNote note = Read();
            log.Begin(note.Cause);
            if (note.Cause != StartCause.Power)
            {
                _log = log;
                log.Write(LogSeverity.Warning, "start, " + StartCause.Words(note.Cause) + ", after " + note.RanSeconds.ToString() + " s: " + note.Reason);
            }
            else
            {
                log.Write(LogSeverity.Notice, "start, " + StartCause.Words(StartCause.Power));
            }
        }

        /// <summary>Hands a note that is there to who tells the owner.</summary>
        /// <param name="notices">Tells the owner; null where nobody does.</param>
        internal void Tell(Notices notices)
        {
            RestartNote note = Read();
            if (note.Count > 0 && notices != null)
            {
                _notices = notices;
                notices.Restarted(Encoding.UTF8.GetBytes(note.Reason), note.RanSeconds, note.Count);
            }
            else if (note.Count > 0)
            {
                Replace(note.Told());
            }
        }

        /// <summary>Takes off the note what is done, and lets it go once all is: the owner was told, and the card has counted it.</summary>
        internal void Look()
        {
            if (_notices != null && !_notices.OwesRestart)
            {
                _notices = null;
                Replace(Read().Told());
            }

            if (_log != null && _log.IsStartWritten)
            {
                _log = null;
                Replace(Read().Counted());
            }
        }

        // In place of the note that is there, or none where nobody needs it.
        private static void Replace(string text)
        {
            try
            {
                if (!new RestartNote(text).IsDone)
                {
                    File.WriteAllBytes(Path, Encoding.UTF8.GetBytes(text));
                }
                else if (File.Exists(Path))
                {
                    File.Delete(Path);
                }
            }
            catch (Exception)
            {
                // No memory, or no room in flash: the log has said why; or the owner hears of it once more.
            }
        }

        private static RestartNote Read()
        {
            try
            {
                if (!File.Exists(Path))
                {
                    return new RestartNote("");
                }

                byte[] octets = File.ReadAllBytes(Path);
                return new RestartNote(Encoding.UTF8.GetString(octets, 0, octets.Length));
            }
            catch (Exception)
            {
                return new RestartNote("");
            }
        }
    }
}
