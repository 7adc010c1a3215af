using System;
using System.IO;
using System.Text;
using MailAppliance.Loop;

namespace MailAppliance.Boards
{
    /// <summary>Keeps a <see cref="RestartNote"/> in internal flash until its mail is on the card.</summary>
    internal sealed class RestartFile
    {
        private const string Path = "I:\\restart.txt";

        private Notices _notices;

        /// <summary>Writes down that the board restarts now. Whatever is wrong with that, it restarts.</summary>
        /// <param name="reason">Why.</param>
        internal static void Write(string reason)
        {
            try
            {
                string text = Read().Next(Environment.TickCount64 / 1000, reason);
                File.WriteAllBytes(Path, Encoding.UTF8.GetBytes(text));
            }
            catch (Exception)
            {
                // No memory, or no room in flash: the log has said why.
            }
        }

        /// <summary>Hands a note that is there to who tells the owner.</summary>
        /// <param name="notices">Who does; null where nobody does.</param>
        internal void Begin(Notices notices)
        {
            RestartNote note = Read();
            if (note.Count == 0 || notices == null)
            {
                Delete();
                return;
            }

            notices.Restarted(Encoding.UTF8.GetBytes(note.Reason), note.RanSeconds, note.Count);
            _notices = notices;
        }

        /// <summary>Lets the note go once the owner was told.</summary>
        internal void Look()
        {
            if (_notices != null && !_notices.OwesRestart)
            {
                _notices = null;
                Delete();
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

        private static void Delete()
        {
            try
            {
                if (File.Exists(Path))
                {
                    File.Delete(Path);
                }
            }
            catch (Exception)
            {
                // The owner hears of it once more.
            }
        }
    }
}
